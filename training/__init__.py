"""Makes models: human text in, spun copies of it beside, a scikit-learn pipeline fitted, flat tables out."""
