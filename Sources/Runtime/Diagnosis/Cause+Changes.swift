extension Cause {
  package static let locked = Cause(
    "locked", "another run is working there",
    "two runs that change one account at once could damage each other's work, so the second one changes nothing there",
    fix: ["wait until it has ended, then try again"])

  package static let endsWithSession = Cause(
    "ends-with-session", "the watchdog would not outlive the connection",
    "logind ends all that {account} has started together with its session (KillUserProcesses), so if the connection broke, "
      + "nothing would roll this change back",
    fix: ["sudo loginctl enable-linger {account}   on the host, then run the recipe again"])

  package static let changedMeanwhile = Cause(
    "changed-meanwhile", "a file has changed meanwhile",
    "{path} was changed by another program or user after it was read",
    fix: ["run the recipe again"])

  package static let notAsWanted = Cause(
    "not-as-wanted", "a change had no effect",
    "the command reported success and did not do it; an access control list or the file system decides here",
    fix: ["see what decides there: ls -ld {path}"])

  static let changes = [locked, endsWithSession, changedMeanwhile, notAsWanted]
}
