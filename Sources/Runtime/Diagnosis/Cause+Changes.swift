extension Cause {
  package static let locked = Cause(
    "locked", "another run is working there",
    "two runs that change one account at once could damage each other's work, so the second one changes nothing there",
    fix: ["wait until it has ended, then try again"])

  package static let endsWithSession = Cause(
    "ends-with-session", "the watchdog would not outlive the connection",
    "logind ends all that {account} has started together with its session (KillUserProcesses), so if the connection broke, "
      + "nobody would put this change back",
    fix: ["sudo loginctl enable-linger {account}   on the host, then run the recipe again"])

  static let changes = [locked, endsWithSession]
}
