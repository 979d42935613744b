"""Model Day: designs and fills the model day of an orthodontic practice."""
