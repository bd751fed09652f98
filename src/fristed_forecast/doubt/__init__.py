"""How far a result can be trusted: convergence, tornado, value of information, acceptability, step length."""
