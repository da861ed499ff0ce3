"""What the witness says, in English where LANG says so, else in Chinese."""

import locale
import os

WORDS = {
    "signed": (
        "Signed: {size} entries. New since the last time: {entries}, {transfers} of them transfers.",
        "已会签：共 {size} 条。上次会签以来新增 {entries} 条，其中流水 {transfers} 笔。",
    ),
    "unknown_key": (
        "NOT SIGNED: {origin} is not signed by a key known here. The first time, give --log-key.",
        "未会签：{origin} 没有已知密钥的签名。首次使用请给出 --log-key。",
    ),
    "forged_key": (
        "NOT SIGNED: the change of the key of {origin} is not signed by the old key.",
        "未会签：{origin} 的密钥更换说明没有旧密钥的签名。",
    ),
    "other_log": (
        "NOT SIGNED: this is the log {origin}; the one known here is {known}.",
        "未会签：这是日志 {origin}，此前见证的是 {known}。",
    ),
    "smaller": (
        "NOT SIGNED. The log has {size} entries; {old} were signed. Keep the state file: it is the proof.",
        "拒绝会签。日志现有 {size} 条，此前已签 {old} 条：有条目被撤回。请保存状态文件作为证据。",
    ),
    "rewritten": (
        "NOT SIGNED. The {size} entries do not begin with the {old} signed. Keep the state: it is the proof.",
        "拒绝会签。现有 {size} 条的日志不再以已签的 {old} 条开头：日志被改写。请保存状态文件作为证据。",
    ),
    "not_taken": (
        "Signed, but the installation did not take it; nothing is lost: {why}",
        "已签名，但对方未接收；没有损失：{why}",
    ),
    "unreachable": ("Not signed, nothing is lost: {why}", "未会签，没有损失：{why}"),
}


def choose(key: str, **facts: object) -> str:
    """Give the sentence in the terminal's language."""
    lang = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return WORDS[key][0 if locale.normalize(lang).startswith("en") else 1].format(**facts)
