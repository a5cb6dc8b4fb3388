"""Training and export of the bundled Sensorium model pack."""
