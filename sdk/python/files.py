"""An application's end of Socle by files: `python3 files.py FOLDER`, run every few minutes. Standard library only."""
import base64, hashlib, hmac, json, os, sys
from datetime import datetime, timezone

SECRETS = [base64.b64decode(secret[6:]) for secret in os.environ["SOCLE_SECRETS"].split()]  # whsec_…


def is_signed(content, signature):
    """A line of the .sig file is ours, over the bytes of the file as they are."""
    made = ["v1," + base64.b64encode(hmac.digest(secret, content, "sha256")).decode() for secret in SECRETS]
    return any(hmac.compare_digest(line, own) for line in signature.split() for own in made)


def write_whole(path, text):
    """Under another name first: whoever reads the folder sees a file whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".part", path)


def answer(event, digest, erase):
    order = event["data"]
    refuse = {"outcome": "refused", "reason": "other"}
    persons = [{"ref": p["ref"], **(erase(p) if order["action"] == "erase" else refuse)} for p in order["persons"]]
    kinds = {person["outcome"] for person in persons} - {"not_found"} or {"not_found"}
    at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    outcome = kinds.pop() if len(kinds) == 1 else "partly"
    return {"order": order["order"], "digest": digest, "outcome": outcome, "at": at, "persons": persons}


def work(folder, done, erase):
    """`erase(person)` gives {"outcome": "executed", "counts": {"identity": 1}}; `done` keeps each answer, by its order's key."""
    orders, answers = os.path.join(folder, "orders"), os.path.join(folder, "answers")
    for name in sorted(os.listdir(orders)):
        if not (name.startswith("ord_") and name.endswith(".ndjson")):
            continue
        with open(os.path.join(orders, name), "rb") as file:
            content = file.read()
        with open(os.path.join(orders, name + ".sig"), encoding="ascii") as file:
            if not is_signed(content, file.read()):
                continue  # nothing is carried out that Socle did not sign
        line = content.rstrip(b"\n")
        event = json.loads(line)
        kept = os.path.join(done, hashlib.sha256(event["data"]["key"].encode()).hexdigest() + ".json")
        if not os.path.exists(kept):  # a repeat gets the answer that was given
            write_whole(kept, json.dumps(answer(event, "sha256:" + hashlib.sha256(line).hexdigest(), erase)))
        with open(kept, encoding="utf-8") as file:
            write_whole(os.path.join(answers, name), file.read() + "\n")


if __name__ == "__main__":
    from customers import erase  # yours: finds the person by `identities`, erases, and says what it did

    os.makedirs(os.environ["DONE"], exist_ok=True)
    work(sys.argv[1], os.environ["DONE"], erase)
