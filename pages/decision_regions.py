"""Problem 1."""
import streamlit as st

st.title("Decision regions")
