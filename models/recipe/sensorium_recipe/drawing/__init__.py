"""The model that draws pictures of 64x64: an autoencoder, and a denoiser of its latents that reads the pack's text encoder."""
