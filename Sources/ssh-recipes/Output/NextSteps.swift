/// The next steps for the user. The same step on several hosts is one line.
enum NextSteps {
  static func lines(_ texts: [String], hosts: [String]) -> [String] {
    texts.grouped { impersonal($0, hosts) }.flatMap { text, all in
      let hosts = Set(all).count
      return hosts > 2 ? ["on \(hosts) hosts: " + text.visible] : all.map(\.visible)
    }
  }

  private static func impersonal(_ text: String, _ hosts: [String]) -> String {
    guard hosts.count > 2 else { return text }
    // The longest name: a host's name may be a part of another name.
    let found = [hosts, hosts.map(\.withoutAccount)].compactMap { names in
      names.filter(text.containsName).max { $0.count < $1.count }
    }
    return found.reduce(text) { $0.replacingName($1, with: "HOST") }
  }
}
