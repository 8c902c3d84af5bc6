import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let editClientConfig = Primitive(
    "edit_client_config", "Sets options for one host in this computer's `~/.ssh/config`.", needs: .files,
    Parameter<HostArgument>("host", "The host that the options are for, under the name that the user calls it by."),
    Parameter<[String: OptionValue]>(
      "options",
      "Options on keys and methods: `IdentityFile`, `IdentitiesOnly`, `PreferredAuthentications`, `PubkeyAuthentication`; "
        + "and options in the way of sessions, with the value that switches them off, such as `ControlPath = \"none\"`."
    ),
    results: [
      ResultField("changed", "boolean", "Whether anything had to be written."),
      ResultField("path", "string", "The file, behind all links."),
    ],
    done: "The block `Host NAME` has these options and stands before all patterns; every other line is as it was.",
    example: #"here:edit_client_config { host = pi, options = { IdentityFile = "~/.ssh/id_pi" } }"#
  ) { context, host, options in
    guard context.host.isHere else {
      throw Failure(
        .argument, "edit_client_config works on this computer only", fix: ["write here:edit_client_config"])
    }
    guard let target = try context.reader(of: host).host.target else {
      throw Failure(.argument, "edit_client_config needs a host that one logs in to, not this computer")
    }
    return try await ClientConfigEdit(options, host: target.host).decide(context.reader)
  }
}

/// Options for one host in `~/.ssh/config`.
struct ClientConfigEdit: Sendable {
  let host: String
  let options: [(keyword: String, value: String)]

  /// Other options could run commands or send secrets elsewhere.
  static let allowed = ["IdentityFile", "IdentitiesOnly", "PreferredAuthentications", "PubkeyAuthentication"]

  /// - Throws: ``Failure`` of kind `argument`.
  init(_ options: [String: OptionValue], host: String) throws {
    self.host = host
    self.options = try options.sorted { $0.key < $1.key }.flatMap { keyword, value in
      if let off = SessionBlocker.remedies.first(where: { $0.keyword.lowercased() == keyword.lowercased() }) {
        guard value.texts == [off.value] else {
          throw Failure(
            .argument, "edit_client_config sets \(off.keyword) to \(off.value), and not to \(value.luaText)")
        }
        return [(off.keyword, off.value)]
      }
      guard let known = Self.allowed.first(where: { $0.lowercased() == keyword.lowercased() }) else {
        let allowed = Self.allowed.joined(separator: ", ")
        throw Failure(.argument, "edit_client_config sets \(allowed), and not \(keyword.luaText)")
      }
      // Keys add up; of any other option, ssh takes one value.
      guard value.texts.count == 1 || known == "IdentityFile" && !value.texts.isEmpty else {
        throw Failure(.argument, "edit_client_config sets one value for \(known)")
      }
      return value.texts.map { (known, $0) }
    }
  }

  func decide(_ reader: Reader) async throws -> Decision {
    let facts = try await reader.facts()
    guard !facts.physicalHome.isEmpty else { throw Failure.noHome(facts) }
    let folder = facts.home + "/.ssh"
    let file = try await reader.resolved(folder + "/config")
    if let status = file.state.status, file.state.contents == nil {
      throw Failure(.denied, "\(file.path) cannot be read", seen: [status.text], paths: [file.path])
    }
    let old = file.state.contents ?? []
    let new: [UInt8]
    do throws(SSHConfigFile.EditError) {
      new = try SSHConfigFile(old).setting(host: host, options: options, winning: true)
    } catch { throw Failure(.argument, error.description, paths: [file.path]) }
    let fields: [String: LuaValue] = ["path": .string(file.path)]
    guard new != old else { return .unchanged("\(file.path) has these options for \(host)", fields) }
    let hasFolder = try await reader.state(of: folder).status != nil
    let what = options.map { "\($0.keyword) \($0.value)" }.joined(separator: ", ")
    let expected = file.state.status == nil ? nil : old
    let diff = LineDiff.unified(expected, new, path: file.path)
    return .change("\(file.path): Host \(host): \(what)", planned: fields, diff: diff) { writer in
      if !hasFolder { try await writer.makeDirectory(folder, mode: FileMode(bits: 0o700)) }
      try await writer.replaceFile(file.path, contents: new, mode: FileMode(bits: 0o600), expecting: expected)
      return fields
    }
  }
}
