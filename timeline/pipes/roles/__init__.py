"""Who does what: the bodies around a telling, by cue, label, frame or place in the sentence, as the parts they take."""
