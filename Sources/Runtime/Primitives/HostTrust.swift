import Contract
import Diagnosis
import Formats
import Hosts
import Scripts
import Values

/// Adds a host's keys to another host's known_hosts.
struct HostTrust: Sendable {
  let client: Reader
  let name: String
  let port: Int
  let keys: [PublicKey]

  /// The host's own public keys, read over the authenticated connection. ssh-keyscan would trust the network.
  static func keys(of host: Reader) async throws -> [PublicKey] {
    let output = try await host.query(Script("host keys", ShellScripts.readHostKeys))
    let keys = output.text.split(whereSeparator: \.isNewline).compactMap { try? PublicKey(String($0)) }.filter {
      !$0.isDSA
    }
    guard !keys.isEmpty else {
      throw Failure(
        .absent, "no public host key can be read on \(host.host.name)", stderr: output.errorText,
        paths: ["/etc/ssh/ssh_host_ed25519_key.pub"])
    }
    var seen: Set<[UInt8]> = []
    return keys.filter { seen.insert($0.blob).inserted }
  }

  func decide() async throws -> Decision {
    let facts = try await client.facts()
    let config = await client.host.isHere ? ClientConfig.read(Target(host: name, port: port)) : ClientConfig()
    if let line = config.line(of: "UserKnownHostsFile"), config.knownHostsFile == nil {
      return .unchanged("\(shownName): this computer's ssh keeps no keys of hosts: \(line)", fields)
    }
    let written = config.knownHostsFile ?? facts.home + "/.ssh/known_hosts"
    // A file behind a link, such as in a folder of dotfiles, stays there.
    let path = try await client.host.isHere ? client.resolved(written).path : written
    let folder = Reader.parent(of: path)
    let states = try await client.states(of: [facts.home, folder, path])
    guard states[facts.home]?.status != nil else {
      throw Failure(.absent, Diagnosis(.noHome, ["path": facts.home, "user": facts.user], paths: [facts.home]))
    }
    let state = states[path] ?? FileState(status: nil)
    if state.status != nil, state.contents == nil {
      throw Failure(.denied, "\(path) cannot be read", seen: [state.status?.text ?? ""], paths: [path])
    }
    let old = state.contents ?? []
    let known = try await knownKeys(KnownHosts(old), path: path)
    try refuseChanged(known, path: path)
    let missing = keys.filter { key in !known.contains { $0.blob == key.blob } }
    let fields = fields
    guard !missing.isEmpty else {
      return .unchanged("\(shownName) is known with \(keys.map(\.fingerprint).joined(separator: ", "))", fields)
    }
    var bytes = old
    for key in missing {
      do throws(KnownHosts.AddingError) {
        bytes = try KnownHosts(bytes).adding(host: name, port: UInt16(clamping: port), key).bytes
      } catch { throw Failure(.refused, error.description, paths: [path]) }
    }
    let new = bytes
    let hasFolder = states[folder]?.status != nil
    let shown = missing.map { "\($0.type) \($0.fingerprint)" }.joined(separator: ", ")
    let diff = missing.map { "+\(shownName) \($0.type) \($0.fingerprint)" }.joined(separator: "\n")
    return .change("trust \(shownName): \(shown)", planned: fields, diff: diff) { writer in
      if !hasFolder { try await writer.makeDirectory(folder, mode: FileMode(bits: 0o700)) }
      try await writer.replaceFile(path, contents: new, mode: FileMode(bits: 0o600), expecting: state.contents)
      return fields
    }
  }

  /// Refuses a name that may belong to another host: a host that lists keys under another's name could pass for the
  /// other. A name counts as the host's own if the user named the host so, or if this computer already knows one of the
  /// host's keys under the name.
  func refuseForeignName(of target: Target, known here: Reader) async throws {
    guard name != target.host else { return }
    let wanted: Target
    do throws(TargetError) { wanted = try Target(parsing: name.contains(":") ? "[\(name)]" : name) } catch {
      throw Failure(.argument, "trust_host: \"\(name)\" is not a host's name or address")
    }
    guard wanted.user == nil, wanted.port == nil, wanted.host == name else {
      throw Failure(.argument, "trust_host: \"\(name)\" is not a host's name or address")
    }
    let path = try await here.facts().home + "/.ssh/known_hosts"
    let file = KnownHosts(try await here.state(of: path).contents ?? [])
    let known = try await HostTrust(client: here, name: name, port: port, keys: []).knownKeys(file, path: path)
    guard !known.contains(where: { key in keys.contains { $0.blob == key.blob } }) else { return }
    throw Failure(
      .refused, "trust_host: \"\(name)\" is not a name of \(target.host) in this run",
      explanation: "a host could pass for another one under that one's name",
      fix: ["name the host so on the command line", "or log in under that name once: ssh \(name)"])
  }

  private var shownName: String { KnownHosts.name(host: name, port: UInt16(clamping: port)) }

  private var fields: [String: LuaValue] {
    [
      "fingerprints": .table(LuaTable(list: keys.map { .string($0.fingerprint) })), "name": .string(shownName),
    ]
  }

  /// The keys for this name, including hashed names, which only ssh-keygen can match.
  private func knownKeys(_ file: KnownHosts, path: String) async throws -> [PublicKey] {
    let plain = file.keys(for: name, port: UInt16(clamping: port))
    guard file.hasHashedNames else { return plain }
    let output = try await client.query(
      Script("ssh-keygen -F", ShellScripts.findKnownKeys, [shownName, path]))
    let found = KnownHosts(output.stdout)
    let hashed = found.lines.compactMap { line -> PublicKey? in
      guard case .entry(let entry) = line.kind, entry.marker == nil else { return nil }
      return entry.key
    }
    return plain + hashed
  }

  /// Refuses a different key of the same type: the user must look into the change first.
  private func refuseChanged(_ known: [PublicKey], path: String) throws {
    for key in keys {
      let same = known.filter { $0.type == key.type }
      guard let old = same.first, !same.contains(where: { $0.blob == key.blob }) else { continue }
      let target = Target(host: name, port: port)
      throw Failure(
        .hostKey,
        Diagnosis(
          .hostKeyChanged, HostError.slots(target).merging(["path": path]) { $1 },
          seen: [
            "\(name) has \(key.type) \(key.fingerprint)", "\(path) has \(old.type) \(old.fingerprint)",
          ], paths: [path]))
    }
  }
}
