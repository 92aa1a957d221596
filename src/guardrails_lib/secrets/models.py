"""Keys of models, and of what is built around them."""

from __future__ import annotations

from .classes import ALNUM, BEGIN, END, URLSAFE, UUID
from .shape import Shape, drawn, varied

__all__ = ["SHAPES"]

SHAPES = (
    Shape(
        "OPENAI_KEY",
        "OpenAI",
        rf"{BEGIN}sk-(?:[A-Za-z0-9]{{2,12}}-)?{URLSAFE}{{20,74}}T3BlbkFJ{URLSAFE}{{20,74}}{END}",
        "API keys hold the name in base64",
        varied,
    ),
    Shape(
        "OPENAI_KEY",
        "OpenAI",
        rf"{BEGIN}sk-(?:proj|svcacct|admin|None)-{URLSAFE}{{80,180}}{END}",
        "Project and service account keys",
        varied,
    ),
    Shape(
        "ANTHROPIC_KEY",
        "Anthropic",
        rf"sk-ant-(?:api|admin|sid|oat|ort)[0-9]{{2}}-{URLSAFE}{{80,120}}{END}",
        "API and admin keys",
        varied,
    ),
    Shape("OPENROUTER_KEY", "OpenRouter", rf"sk-or-v1-[a-f0-9]{{64}}{END}", "API keys", varied),
    Shape(
        "HUGGINGFACE_TOKEN",
        "Hugging Face",
        rf"{BEGIN}(?:hf_|api_org_){ALNUM}{{34}}{END}",
        "User access tokens",
        drawn,
    ),
    Shape("GROQ_KEY", "Groq", rf"gsk_{ALNUM}{{48,56}}{END}", "API keys", varied),
    Shape("XAI_KEY", "xAI", rf"{BEGIN}xai-{ALNUM}{{70,90}}{END}", "API keys", varied),
    Shape("PERPLEXITY_KEY", "Perplexity", rf"pplx-{ALNUM}{{48}}{END}", "API keys", varied),
    Shape("REPLICATE_TOKEN", "Replicate", rf"{BEGIN}r8_{ALNUM}{{37}}{END}", "API", varied),
    Shape("FIREWORKS_KEY", "Fireworks", rf"{BEGIN}fw_{ALNUM}{{22,32}}{END}", "API", varied),
    Shape(
        "LANGSMITH_KEY",
        "LangSmith",
        rf"lsv2_[ps][tk]_[a-f0-9]{{32}}_[a-f0-9]{{10}}{END}",
        "API keys",
        varied,
    ),
    Shape("LANGFUSE_KEY", "Langfuse", rf"sk-lf-{UUID}{END}", "API keys", varied),
    Shape("PINECONE_KEY", "Pinecone", rf"pcsk_{ALNUM}{{4,7}}_{ALNUM}{{40,70}}{END}", "API", varied),
    Shape("TAVILY_KEY", "Tavily", rf"tvly-(?:dev-|prod-)?{ALNUM}{{32}}{END}", "API", varied),
    Shape("NVIDIA_KEY", "NVIDIA", rf"nvapi-{URLSAFE}{{60,70}}{END}", "NGC and NIM keys", varied),
    Shape("VOYAGE_KEY", "Voyage AI", rf"{BEGIN}pa-{URLSAFE}{{43}}{END}", "API keys", varied),
)
