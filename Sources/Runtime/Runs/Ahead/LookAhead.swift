import Hosts

/// Sends the questions of all primitives written in Lua ahead, before the first of them decides. A run that finds all as
/// wanted then needs a few round trips, for any number of calls.
struct LookAhead {
  let run: Run

  /// A body may ask a second time after an answer; more rounds than these save nothing.
  private static let rounds = 4

  /// Failures are left to the calls themselves.
  func send() async {
    for _ in 0..<Self.rounds {
      let wanted = await Scout(run: run).look()
      guard !wanted.isEmpty, !Task.isCancelled else { return }
      let learned = await withTaskGroup(of: Bool.self) { group in
        for (host, questions) in wanted.hosts {
          // Each account has a shell of its own.
          for account in [Account.login, .root] {
            let asked = questions.questions.filter { $0.account == account }
            group.addTask { await run.readers[host].learn(questions.files[account] ?? [], asked, as: account) }
          }
        }
        return await group.contains(true)
      }
      guard learned else { return }
    }
  }
}

/// What primitives would ask next.
struct Wanted: Sendable {
  struct OfHost: Sendable {
    var questions: [HostQuestion] = []
    var files: [Account: [String]] = [:]
  }

  /// By the host's number in the run.
  var hosts: [Int: OfHost] = [:]

  var isEmpty: Bool { hosts.isEmpty }

  mutating func add(_ question: HostQuestion, of host: Int) {
    guard hosts[host]?.questions.contains(question) != true else { return }
    hosts[host, default: OfHost()].questions.append(question)
  }

  mutating func add(_ path: String, as account: Account, of host: Int) {
    guard hosts[host]?.files[account]?.contains(path) != true else { return }
    hosts[host, default: OfHost()].files[account, default: []].append(path)
  }
}
