import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  static let keygen = Primitive(
    "keygen", "Makes a key pair on this host, or reuses an existing one, also of an agent; never overwrites a key.",
    needs: .keys,
    Parameter<RemotePath?>(
      "path",
      "The private half's path; a path outside `~/.ssh` needs the permission `files` too. Default: the best of "
        + "`~/.ssh/id_*`, or a new path.",
      own: .keys(of: .host)),
    Parameter(
      "type", "The type of a new key, and the preferred type among existing keys.", default: KeyType.ed25519),
    Parameter<Int?>("bits", "The length of a new key: 2048 to 16384 for rsa, 256, 384 or 521 for ecdsa."),
    Parameter<String?>("comment", "The comment of a new key. Default: `user@host`."),
    Parameter("passphrase", "Ask for a passphrase for a new key; on this computer only.", default: false),
    Parameter("reuse", "Reuse an existing key. `false`: make a new one, and fail if the path is taken.", default: true),
    results: [
      ResultField("changed", "boolean", "Whether a key was made or repaired."),
      ResultField("created", "boolean", "Whether the key is new."),
      ResultField(
        "path", "string",
        "The path of the private half, which stays on its host. Missing for a key that only an agent holds."),
      ResultField("public", "string", "The line of the public half; missing in a plan for a new key."),
      ResultField("fingerprint", "string", "`SHA256:…`; missing in a plan for a new key."),
      ResultField("type", "string", "`ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`."),
      ResultField("encrypted", "boolean", "Whether a passphrase protects the key."),
      ResultField("in_agent", "boolean", "Whether an agent of this computer holds the key."),
      ResultField("host", "string", "The name of the host with the private half."),
      ResultField("planned", "boolean", "Set in a plan if the key is not made yet."),
    ],
    done: "Both halves exist and belong together, and only the owner can read the private half.",
    example: #"local key = here:keygen { type = "ed25519", comment = "me@laptop" }"#
  ) { context, path, type, bits, comment, passphrase, reuse in
    if passphrase, !context.host.isHere {
      throw Failure(
        .argument, "a passphrase can only be set on this computer, since another host has no terminal to type it at",
        fix: ["leave out passphrase, and restrict what the key may do: copy_id { options = 'restrict' }"])
    }
    try KeyMaker.check(bits: bits, type: type)
    let facts = try await context.reader.facts()
    guard !facts.physicalHome.isEmpty else { throw Failure.noHome(facts) }
    var wanted = path?.expanded(home: facts.home)
    // A user whose key is in an agent has only the public half to name.
    if let file = wanted, file.hasSuffix(".pub") { wanted = String(file.dropLast(".pub".count)) }
    var search = KeySearch(folder: facts.home + "/.ssh", only: wanted)
    if context.host.isHere { search.agents = await context.services.agentSockets() }
    let found = try await search(context.reader)
    guard found.hasTool else {
      throw Failure(
        .noTool, "there is no ssh-keygen on the host",
        fix: ["install OpenSSH's client programs there, or make the key on another host"])
    }
    let choice = KeyChoice(found: found, type: type, isHere: context.host.isHere)
    let old = KeyReuse(context: context, found: found, type: type)
    if reuse, let decision = try await old.decide(choice, wanted: wanted) { return decision }
    let fresh = wanted ?? facts.home + "/.ssh/id_\(type.rawValue)"
    return try await KeyMaker(
      context: context, path: fresh, type: type, bits: bits,
      comment: comment ?? "\(facts.user)@\(facts.hostName)", hasPassphrase: passphrase
    ).decide()
  }
}
