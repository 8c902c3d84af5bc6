import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

/// A login with a key, from this computer or from another host of the run, and the cause of a failure.
struct LoginCheck: Sendable {
  let context: PrimitiveContext
  let client: Reader
  let request: LoginRequest
  /// The private key's path on the client; `nil` for a key that only the client's agent holds.
  let keyPath: String?
  let key: PublicKey?
  /// The fingerprint from the private key's file, if readable on this computer.
  let ownFingerprint: String?
  let target: Target

  init(_ context: PrimitiveContext, client: Reader, request: LoginRequest) async throws {
    self.context = context
    self.client = client
    self.request = request
    let isInAgent = request.key.publicLine != nil && request.key.isInAgent == true
    let path = request.key.path.flatMap(RemotePath.init)
    guard path != nil || isInAgent && client.host.isHere else {
      throw Failure(.argument, "verify_login needs the private key's path, not only its public half")
    }
    let absolute = if let path { try await client.absolute(path) } else { nil as String? }
    var line = request.key.publicLine
    if line == nil, let absolute {
      line = try await client.state(of: absolute.hasSuffix(".pub") ? absolute : absolute + ".pub").contents
    }
    keyPath = absolute
    ownFingerprint = client.host.isHere ? absolute.flatMap(PrivateKeyFile.fingerprint) : nil
    key = line.flatMap { try? PublicKey($0) }
    var target = context.host.target ?? Target(host: context.host.name)
    if let user = request.user { target.user = user }
    if let port = request.port { target.port = port }
    if request.isTheHostsOwn, let port = context.host.relocation?.port { target.port = port }
    if let address = request.address { target.host = address }
    self.target = target
  }

  private var fingerprint: String? { key?.fingerprint ?? request.key.fingerprint ?? ownFingerprint }

  func callAsFunction() async throws -> LoginVerdict {
    if let proved = try await provedAlready() { return proved }
    if client.host.isHere { return try await fromHere() }
    return try await fromHost()
  }

  /// A proof from an earlier login with this key alone, if the host has not changed since: the proof of the last change,
  /// or the run's own login. The private half must match, since a `.pub` file may belong to another key.
  private func provedAlready() async throws -> LoginVerdict? {
    guard client.host.isHere, request.isTheHostsOwn, let fingerprint else { return nil }
    let isUsable = (ownFingerprint ?? fingerprint) == fingerprint && (keyPath != nil || request.key.isInAgent == true)
    if isUsable, let proved = context.host.provedKey, proved.fingerprint == fingerprint, proved.path == keyPath {
      context.host.workingKey = workingKey(fingerprint)
      return worked(nil, "logged in with \(fingerprint): the proof of the last change was made with this key")
    }
    let login = try await context.host.transport.login()
    let isOwn = login.acceptedKeyPath != nil && (login.acceptedKeyPath == keyPath || ownFingerprint == fingerprint)
    guard !context.host.isTouched, login.isByKeyAlone, login.acceptedKey == fingerprint,
      isOwn || ownFingerprint == nil && request.key.isInAgent == true
    else { return nil }
    context.host.workingKey = workingKey(fingerprint)
    return worked(login.method, "logged in with \(fingerprint): the run's own login was made with this key")
  }

  private func workingKey(_ fingerprint: String?) -> WorkingKey {
    WorkingKey(path: keyPath, publicLine: keyPath == nil ? key?.line : nil, fingerprint: fingerprint)
  }

  private func worked(_ method: String?, _ summary: String? = nil) -> LoginVerdict {
    let key = fingerprint ?? keyPath ?? "the key"
    return LoginVerdict(
      method: method ?? "publickey", fingerprint: fingerprint,
      summary: summary ?? "logged in with \(key) and nothing else")
  }

  private func refused(_ diagnosis: Diagnosis) -> LoginVerdict {
    LoginVerdict(
      fingerprint: fingerprint, diagnosis: diagnosis, summary: "\(diagnosis.cause.headline): \(diagnosis.explanation)")
  }

  private func fromHere() async throws -> LoginVerdict {
    let result = try await context.services.freshLogin(
      to: context.host,
      with: FreshLoginRequest(
        keyPath: keyPath, publicLine: keyPath == nil ? key?.line : nil, fingerprint: fingerprint, port: request.port,
        user: request.user, address: request.address))
    if result.isIn, request.isTheHostsOwn {
      context.host.workingKey = workingKey(fingerprint ?? result.login.acceptedKey)
    }
    return try await verdict(on: result, isAccepted: result.login.acceptedKey != nil && result.otherWay == nil)
  }

  private func fromHost() async throws -> LoginVerdict {
    var target = target
    target.port = target.port ?? 22
    if target.user == nil { target.user = try await context.reader.facts().user }
    let nonce = FreshLogin.nonce()
    let keyPath = keyPath ?? ""
    let output = try await client.query(FreshLogin.script(to: target, keyPath: keyPath, nonce: nonce))
    let outcome = FreshLogin.outcome(
      of: output, nonce: nonce, target: target, keyPath: keyPath, fingerprint: fingerprint)
    let result = FreshLoginResult(outcome, wanted: fingerprint ?? keyPath)
    return try await verdict(on: result, isAccepted: outcome.isAccepted)
  }

  private func verdict(on result: FreshLoginResult, isAccepted: Bool) async throws -> LoginVerdict {
    if result.isIn { return worked(result.login.method) }
    if result.login.method == "none" {
      return refused(Diagnosis(.openAccount, HostError.slots(target), seen: ["Authenticated using \"none\""]))
    }
    var evidence = try await self.evidence()
    evidence.clientText = result.clientText
    evidence.otherWays = result.otherWay.map { [$0] } ?? []
    evidence.refusedKeys = result.login.refusedKeys
    evidence.isAccepted = isAccepted
    switch result.error {
    case .loginRefused(let refusal)?:
      evidence.methods = refusal.methods
      evidence.partialSuccesses = refusal.partialSuccesses
    case .tooManyAuthenticationFailures?: return refused(Diagnosis(.tooManyKeys, seen: result.clientText))
    case .client(let text)? where text.contains(Cause.agentHungSign):
      return refused(Diagnosis(.agentHung, seen: [text]))
    case .client(let text)?: if !client.host.isHere { evidence.otherWays.append("\(client.host.name): \(text)") }
    case nil: break
    case .cancelled?: throw HostError.cancelled
    case let error?:
      if let diagnosis = error.diagnosis(target: target) { return refused(explained(diagnosis)) }
    }
    evidence = try await inspected(evidence)
    let diagnosis = evidence.diagnosis
    guard diagnosis.cause == .refusedUnseen else { return refused(diagnosis) }
    evidence.logged = try await logged()
    return refused(evidence.diagnosis)
  }

  /// sshd's log about the login just refused, if the run may read the log: as root only with the recipe's permission,
  /// and without a password.
  private func logged() async throws -> [String] {
    guard (try? context.require(.logs, for: "verify_login")) != nil else { return [] }
    let facts = try await context.reader.facts()
    var mayBeRoot = false
    if (try? context.require(.root, for: "verify_login")) != nil, facts.commands["sudo"] != nil {
      let script = Script("sudo without a password", "sudo -n true 2>&1")
      mayBeRoot = try await context.reader.query(script).isSuccess
    }
    let tail = LogTail(sources: facts.platform.logs, lines: 200, match: nil, follow: nil)
    let address = client.host.isHere ? facts.connection.split(separator: " ").first.map(String.init) : nil
    do {
      let lines = try await tail.read(context.reader, root: mayBeRoot ? nil : false).lines
      return SSHDLog(lines).newestRefusal(of: address ?? request.user ?? facts.user)
    } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return []
    } catch is Failure {
      return []
    }
  }

  /// An unknown host key is missing in the client's known_hosts, which the recipe has to fill.
  private func explained(_ diagnosis: Diagnosis) -> Diagnosis {
    guard !client.host.isHere, diagnosis.cause == .hostKeyUnknown else { return diagnosis }
    var diagnosis = diagnosis
    diagnosis.explanation = "\(client.host.name) never met \(target.host), so its known_hosts has no key of it"
    diagnosis.fix = ["in a recipe: \(client.host.role):trust_host(…), before verify_login"]
    return diagnosis
  }

  private func evidence() async throws -> LoginEvidence {
    var evidence = LoginEvidence()
    evidence.target = target.description
    evidence.user = target.user ?? ""
    evidence.keyPath = keyPath
    evidence.key = key
    evidence.fingerprint = fingerprint
    evidence.isLocked = request.key.isEncrypted == true && request.key.isInAgent == false
    return evidence
  }

  /// Without access to the server's files, the cause is found from the client's side alone.
  private func inspected(_ evidence: LoginEvidence) async throws -> LoginEvidence {
    do { return try await LoginInspection(reader: context.reader).evidence(evidence) } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return evidence
    }
  }
}
