import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

/// The login that the user will make: `ssh HOST`, with their own configuration, agent and order of keys.
struct OwnLoginCheck: Sendable {
  let context: PrimitiveContext
  let request: FreshLoginRequest
  let target: Target

  /// - Throws: ``Failure`` of kind `argument`.
  init(
    _ context: PrimitiveContext, _ user: String?, _ port: Port?, _ address: String?, from client: Reader
  ) throws {
    guard client.host.isHere else {
      throw Failure(.argument, "verify_login from another host needs a key: no user types ssh there")
    }
    self.context = context
    var request = FreshLoginRequest(context.host.workingKey, port: port?.number)
    (request.user, request.address, request.isTheUsers) = (user, address, true)
    self.request = request
    var target = context.host.target ?? Target(host: context.host.name)
    target.user = user ?? target.user
    target.port = port?.number ?? context.host.relocation?.port ?? target.port
    target.host = address ?? target.host
    self.target = target
  }

  var decision: Decision {
    .observe("log in as the user will: \(command)", planned: LoginVerdict.planned) {
      let result = try await context.services.freshLogin(to: context.host, with: request)
      return try await verdict(on: result).observation
    }
  }

  /// `ssh -p 2222 pi@nas`.
  private var command: String { "ssh " + target.loginArguments }

  /// All logins of a run share one login to a jump host; the user's own ssh makes another, and is asked again.
  private static func jumps(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    let all = names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
    return "; on the way, \(all) still \(names.count == 1 ? "asks" : "ask") for a password or code, as in this run"
  }

  private func verdict(on result: FreshLoginResult) async throws -> LoginVerdict {
    if case .cancelled? = result.error { throw HostError.cancelled }
    guard !result.isIn else {
      let facts = try await context.reader.facts()
      // sshd names the file with the key; one outside the home is always there.
      let isOutside = result.login.serverNotes.contains { note in
        note.hasPrefix("/") && ![facts.home, facts.physicalHome].contains { note.hasPrefix($0 + "/") }
      }
      if let type = facts.sealedHome, request.isToTheHostItself, !isOutside {
        let slots = HostError.slots(target).merging(["command": command, "path": facts.home]) { $1 }
        let diagnosis = Diagnosis(.sealedHome, slots, seen: ["\(facts.physicalHome) is mounted as \(type)"])
        return LoginVerdict(
          diagnosis: diagnosis, summary: "\(command) gets in only while another session is open")
      }
      return LoginVerdict(
        method: result.login.method, fingerprint: result.login.acceptedKey,
        summary: "\(command) gets in by \(result.login.acceptedKey ?? result.login.method ?? "its own way")"
          + (result.ownCommand.map { ", and runs the command of \($0)" } ?? "") + Self.jumps(result.askingJumps))
    }
    if case .loginRefused(let refusal)? = result.error, let diagnosis = try await moreNeeded(after: refusal, result) {
      return LoginVerdict(
        diagnosis: diagnosis, summary: "\(command) does not get in by itself: \(diagnosis.explanation)")
    }
    let diagnosis = try await diagnosis(of: result)
    return LoginVerdict(
      diagnosis: diagnosis, summary: "\(command) does not get in by itself: \(diagnosis.explanation)",
      remedy: result.remedy)
  }

  /// The diagnosis where the server wants more than the key; `nil` where it does not.
  private func moreNeeded(after refusal: LoginRefusal, _ result: FreshLoginResult) async throws -> Diagnosis? {
    var evidence = LoginEvidence(target: target.description, user: target.user ?? "", methods: refusal.methods)
    evidence.partialSuccesses = refusal.partialSuccesses
    if request.isToTheHostItself {
      evidence.partialSuccessesOfRun = try await context.host.transport.login().methodsBesidesKey
    }
    guard var diagnosis = evidence.moreNeededDiagnosis else { return nil }
    diagnosis.seen += result.obstacles + result.clientText
    return diagnosis
  }

  private func diagnosis(of result: FreshLoginResult) async throws -> Diagnosis {
    let seen = result.obstacles + result.clientText
    var slots = HostError.slots(target)
    slots["command"] = command
    var diagnosis: Diagnosis
    switch result.error {
    case _ where result.sessionBlockers != nil:
      let lines = (result.sessionBlockers ?? [])
      slots["text"] = lines.isEmpty ? result.clientText.last ?? "ssh gave no reason" : lines.joined(separator: "; ")
      diagnosis = Diagnosis(.ownSession, slots, seen: lines + seen)
    case .hostKeyUnknown? where !result.obstacles.isEmpty:
      diagnosis = Diagnosis(.knownHostsUnwritable, slots, seen: seen)
    case .tooManyAuthenticationFailures?: diagnosis = Diagnosis(.tooManyKeys, slots, seen: seen)
    case .loginRefused(let refusal)? where !refusal.methods.isEmpty && !refusal.methods.contains("publickey"):
      var evidence = LoginEvidence(target: target.description, user: target.user ?? "", methods: refusal.methods)
      if request.isToTheHostItself { evidence = try await LoginInspection(reader: context.reader).evidence(evidence) }
      diagnosis = evidence.diagnosis
      diagnosis.seen += seen
    case .loginRefused? where request.fingerprint.map(result.login.refusedKeys.contains) ?? false:
      diagnosis = Diagnosis(.refusedNow, slots, seen: seen)
    case .loginRefused?, nil:
      let obstacles = result.obstacles.joined(separator: "; ")
      slots["text"] = obstacles.isEmpty ? "the key is none of those that ssh tries there" : obstacles
      diagnosis = Diagnosis(.notOffered, slots, seen: seen)
      if let blob = request.publicLine?.split(separator: " ").dropFirst().first {
        // ssh picks a key of an agent by a file with its public half.
        diagnosis.fix = [
          "save the public half: ssh-add -L | grep -F \(blob.suffix(24)) >~/.ssh/agent.pub; then, in ~/.ssh/config, under "
            + "Host \(target.host): IdentityFile ~/.ssh/agent.pub"
        ]
      }
    case .client(let text)? where text.contains(Cause.agentHungSign):
      diagnosis = Diagnosis(.agentHung, slots, seen: [text] + seen)
    case .client(let text)?:
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      slots["text"] = lines.last ?? "ssh gave no reason"
      diagnosis = Diagnosis(.ownSessionEnds, slots, seen: seen + lines)
    case let error?:
      diagnosis = error.diagnosis(target: target) ?? Diagnosis(.ownSessionEnds, slots, seen: seen)
    }
    guard !result.remedy.isEmpty else { return diagnosis }
    let lines = result.remedy.map(\.line).joined(separator: "; ")
    diagnosis.fix = ["in ~/.ssh/config, above other blocks: Host \(target.host), and below it: \(lines)"]
    return diagnosis
  }
}
