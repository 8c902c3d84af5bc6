import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let verifyLogin = Primitive(
    "verify_login", "Makes a new login, with only the given key or as the user will, and explains a failure.",
    needs: .keys,
    Parameter<KeyArgument?>(
      "key",
      "The result of keygen, or the path of a private key; a path outside `~/.ssh` needs `files` too. Default: log in as "
        + "`ssh HOST` will, with the user's own configuration, agent and order of keys.",
      own: .keys(of: .argument("from"))),
    Parameter<HostArgument?>("from", "The host to log in from, with the private key. Default: this computer."),
    Parameter<String?>("user", "The account to log in to. Default: the host's."),
    Parameter<Port?>("port", "The port. Default: the host's."),
    Parameter<String?>("address", "The name or address to use. Default: the host's."),
    results: [
      ResultField("ok", "boolean", "Whether the login worked and ended in a shell."),
      ResultField("host", "string", "The host of the login."),
      ResultField("kind", "string", "The kind of the failure, `denied`; `nil` after a successful login."),
      ResultField("cause", "string", "The name of the failure's cause, such as `bad-modes`."),
      ResultField("explanation", "string", "The cause in a sentence."),
      ResultField("message", "string", "The failure's message, as shown by `fail`."),
      ResultField("seen", "string[]", "The evidence: modes, lines of ssh and sshd."),
      ResultField("fix", "string[]", "The next steps."),
      ResultField("paths", "string[]", "The files and directories concerned."),
      ResultField("method", "string", "The accepted authentication method."),
      ResultField("fingerprint", "string", "The fingerprint of the accepted key."),
      ResultField(
        "config", "table",
        "Without `key`: the options for `edit_client_config` with which the user's own login was seen to work."),
    ],
    done: "A command ran in a session that only this key could open, or that the user's own ssh opened.",
    example: #"local login = pi:verify_login { key = key }"#
  ) { context, key, from, user, port, address in
    guard !context.host.isHere else {
      throw Failure(.argument, "verify_login needs a host to log in to; `here` is this computer itself")
    }
    try LoginRequest.check(user: user, address: address)
    let client = try from.map { try context.reader(of: $0) } ?? context.here
    guard let key else { return try OwnLoginCheck(context, user, port, address, from: client).decision }
    let request = LoginRequest(key: key, user: user, port: port?.number, address: address)
    if client.host.isHere, request.isTheHostsOwn, let tried = try? await ResolvedKey(key, context) {
      context.host.triedKey = tried.publicKey?.fingerprint ?? ""
    }
    let place = client.host.isHere ? "" : " from \(client.host.name)"
    var planned = LoginVerdict.planned
    planned["host"] = .string(context.host.name)
    return .observe("log in\(place) with the key alone", planned: planned) {
      let check = try await LoginCheck(context, client: client, request: request)
      var observation = try await check().observation
      observation.fields["host"] = .string(context.host.name)
      return observation
    }
  }
}

/// The login to make.
struct LoginRequest: Sendable {
  var key: KeyArgument
  var user: String?
  var port: Int?
  var address: String?

  /// Refuses names that would be more than a name to ssh, or to the user's own ssh_config (`Match exec`).
  static func check(user: String?, address: String?) throws {
    for (name, value) in [("user", user), ("address", address)] {
      guard let value else { continue }
      let isPlain = value.unicodeScalars.allSatisfy { scalar in
        !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "._-:%@+\\".unicodeScalars.contains(scalar)
      }
      guard isPlain, let first = value.first, first != "-", name == "user" || !value.contains("@") else {
        throw Failure(.argument, "verify_login: \"\(value)\" is not a name for `\(name)`")
      }
    }
  }

  var isTheHostsOwn: Bool { user == nil && port == nil && address == nil }
}

/// The result of the login.
struct LoginVerdict: Sendable {
  var method: String?
  var fingerprint: String?
  /// `nil` after a successful login.
  var diagnosis: Diagnosis?
  var summary: String
  /// Options with which the user's own login works.
  var remedy: [ClientOption] = []

  static let planned: [String: LuaValue] = [
    "ok": .boolean(true), "planned": .boolean(true), "paths": .table(LuaTable()), "seen": .table(LuaTable()),
    "fix": .table(LuaTable()), "config": .table(LuaTable()),
  ]

  var observation: Observation {
    var fields: [String: LuaValue] = ["ok": .boolean(diagnosis == nil)]
    let options = Dictionary(grouping: remedy, by: \.keyword).mapValues { options -> LuaValue in
      let values = options.map { LuaValue.string($0.value) }
      return values.count == 1 ? values[0] : .table(LuaTable(list: values))
    }
    fields["config"] = .table(LuaTable(fields: options))
    fields["method"] = method.map { .string($0) }
    fields["fingerprint"] = fingerprint.map { .string($0) }
    if let diagnosis {
      fields["kind"] = .string(Failure.Kind.denied.rawValue)
      fields["cause"] = .string(diagnosis.cause.id)
      fields["message"] = .string(diagnosis.cause.headline)
      fields["explanation"] = .string(diagnosis.explanation)
    }
    for (name, texts) in [
      ("seen", diagnosis?.seen), ("fix", diagnosis?.fix), ("paths", diagnosis?.paths),
    ] {
      fields[name] = .table(LuaTable(list: (texts ?? []).map { .string($0) }))
    }
    return Observation(summary, fields: fields, isGood: diagnosis == nil)
  }
}
