"""Problem 2."""
import streamlit as st

st.title("Training")
