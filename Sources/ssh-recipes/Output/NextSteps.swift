/// The next steps for the user. The same step on several hosts is one line.
enum NextSteps {
  static func lines(_ texts: [String], hosts: [String]) -> [String] {
    var order: [String] = []
    var members: [String: [String]] = [:]
    for text in texts {
      let key = impersonal(text, hosts)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(text)
    }
    return order.flatMap { key -> [String] in
      let all = members[key] ?? []
      let hosts = Set(all).count
      return hosts > 2 ? ["on \(hosts) hosts: " + key.visible] : all.map(\.visible)
    }
  }

  private static func impersonal(_ text: String, _ hosts: [String]) -> String {
    guard hosts.count > 2 else { return text }
    // The longest first: one host's name may be a part of another's.
    let found = hosts.filter(text.containsName).max { $0.count < $1.count }
    let address = hosts.map { $0.split(separator: "@").last.map(String.init) ?? $0 }.filter(text.containsName)
      .max { $0.count < $1.count }
    return [found, address].compactMap(\.self).reduce(text) { $0.replacingName($1, with: "HOST") }
  }
}
