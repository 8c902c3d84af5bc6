import Testing

/// One way to fail: how the host is made to do so, what is run, and the whole error that a person must see.
struct FailureCase: Sendable, CustomTestStringConvertible {
  var name: String
  var kind = Lab.Kind.debian
  /// What is done to the host before, as root.
  var arranging = ":"
  /// Whether the host's key is in `known_hosts`.
  var isKnown = true
  var recipe = "raspi_passwordless"
  var user = "pi"
  /// What stands for the host on the command line; `nil`: its address.
  var place: String?
  var port = ""
  var password: String? = "raspberry"
  var rootPassword: String?
  var error: String

  var testDescription: String { name }

  func arguments(for host: LabHost) -> [String] {
    var arguments = ["run", recipe, "\(user)@\(place ?? host.address)\(port)", "--yes"]
    if let password { arguments += ["--password-command", "printf \(password)"] }
    if let rootPassword { arguments += ["--sudo-password-command", "printf \(rootPassword)"] }
    return arguments
  }

  static let all = network + login + root + disk

  static let noRoute = """
    error: pi@ADDRESS: the host cannot be reached
      step    Reach the Pi (raspi_passwordless.lua:LINE)
      cause   no way leads to the host: it is off, in another network, or a firewall says no
      seen    ssh: connect to host ADDRESS port 22: No route to host
      fix     see whether the host is on and has this address: ping ADDRESS

    """
}
