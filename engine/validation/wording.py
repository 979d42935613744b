"""Words that several messages share."""


def with_article(noun: str) -> str:
    """`an assistant`, `a records technician`."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def person_text(role: str | None, skill: str | None) -> str:
    """`a bonding-skilled assistant`, `an assistant`."""
    noun = str(role).replace("_", " ")
    return with_article(f"{skill}-skilled {noun}" if skill is not None else noun)
