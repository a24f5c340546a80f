"""What a person should look at and has judged: doubts, candidates, verdicts and claims, with the homes and parties they are about."""
