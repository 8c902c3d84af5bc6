import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  static let verifyLogin = Primitive(
    "verify_login", "Makes a new login with only the given key, and explains a failure.",
    needs: .keys,
    Parameter<KeyArgument>(
      "key",
      "The result of keygen, or the path of a private key; a path outside `~/.ssh` needs `files` too.",
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
    ],
    done: "A command ran in a session that only this key could open.",
    example: #"local login = pi:verify_login { key = key }"#
  ) { context, key, from, user, port, address in
    guard !context.host.isHere else {
      throw Failure(.argument, "verify_login needs a host to log in to; `here` is this computer itself")
    }
    let client = try from.map { try context.reader(of: $0) } ?? context.here
    let request = LoginRequest(key: key, user: user, port: port?.number, address: address)
    let place = client.host.isHere ? "" : " from \(client.host.name)"
    let planned: [String: LuaValue] = [
      "ok": .boolean(true), "planned": .boolean(true), "host": .string(context.host.name), "paths": .table(LuaTable()),
      "seen": .table(LuaTable()),
      "fix": .table(LuaTable()),
    ]
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

  var isTheHostsOwn: Bool { user == nil && port == nil && address == nil }
}

/// The result of the login.
struct LoginVerdict: Sendable {
  var method: String?
  var fingerprint: String?
  /// `nil` after a successful login.
  var diagnosis: Diagnosis?
  var summary: String

  var observation: Observation {
    var fields: [String: LuaValue] = ["ok": .boolean(diagnosis == nil)]
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
