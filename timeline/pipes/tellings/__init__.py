"""What is told: occasions and verbs that tell of an event, whether it took place, which words stand around it and what dates it."""
