"""Results -> what templates print: texts, addresses and states, decided here so that templates decide nothing."""
