import Formats

/// Whether sshd's configuration lets an account in, as far as the output of `sshd -T -C` can tell.
struct SSHDLoginRules: Sendable {
  var effective: SSHDEffective
  var user: String
  /// The client's address, as the server sees it. `nil` if unknown: patterns with an address then match.
  var address: String?

  /// The option that refuses the account; `nil` if none does. `DenyGroups` and `AllowGroups` are not checked.
  var refusal: String? {
    if let denied = effective.values["denyusers"], matches(denied) { return "DenyUsers" }
    if let allowed = effective.values["allowusers"], !matches(allowed) { return "AllowUsers" }
    if user == "root", effective["PermitRootLogin"] == ["no"] { return "PermitRootLogin" }
    let ways = ["PubkeyAuthentication", "PasswordAuthentication", "KbdInteractiveAuthentication"]
    let isOpen = ways.contains { effective[$0] != ["no"] }
    return isOpen ? nil : "PubkeyAuthentication with PasswordAuthentication"
  }

  /// sshd_config(5), PATTERNS: `USER` or `USER@HOST`.
  private func matches(_ lines: [String]) -> Bool {
    lines.flatMap { $0.split(separator: " ").map(String.init) }.contains { pattern in
      guard let at = pattern.lastIndex(of: "@") else { return HostPattern.matches(user, list: [pattern]) }
      let hosts = String(pattern[pattern.index(after: at)...]).split(separator: ",").map(String.init)
      guard HostPattern.matches(user, list: [String(pattern[..<at])]) else { return false }
      // Networks such as 10.0.0.0/8 are not computed; they count as a match.
      guard let address, !hosts.contains(where: { $0.contains("/") }) else { return true }
      return HostPattern.matches(address, list: hosts)
    }
  }
}
