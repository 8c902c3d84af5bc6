extension Cause {
  static let locked = Cause(
    "locked", "another run is working there",
    "two runs that change one account at once could spoil each other's work, so the second one waits outside",
    fix: ["wait until it has ended, then try again"])

  static let changes = [locked]
}
