extension Cause {
  package static let methodsWithoutKey = Cause(
    "methods-without-key", "the server does not take the key by itself",
    "AuthenticationMethods in sshd_config ({lists}) leaves no way with a key alone{off}",
    fix: [
      "that is the server's rule; an administrator can name publickey in AuthenticationMethods as a way of its own, and "
        + "then: sudo systemctl reload ssh"
    ])

  package static let noMethods = Cause(
    "no-methods", "the server has no way in for this account",
    "AuthenticationMethods in sshd_config wants methods of {user} that are switched off, or no method at all, so sshd "
      + "refuses every key and every password",
    fix: [
      "on the host's own console, see which methods are wanted, and which are on: sudo sshd -T -C user={user} | grep -i "
        + "auth",
      "correct AuthenticationMethods, or switch its methods on; then: sudo systemctl reload ssh",
    ], signs: [noMethodsSign, "No AuthenticationMethods left after eliminating disabled methods"])

  package static let noMethodsSign = "no authentication methods enabled"

  package static let otherMethods = Cause(
    "other-methods", "the server refused the login",
    "the server takes neither a key nor a password from {user}; it takes: {text}",
    fix: [
      "get a Kerberos ticket, with which ssh logs in: {ticket}",
      "an administrator can add publickey to AuthenticationMethods in sshd_config",
    ])

  package static let keyNeededToo = Cause(
    "key-needed-too", "the password alone is not enough",
    "the server accepts {done} and wants {more} as well (AuthenticationMethods in its sshd_config), and accepts none of "
      + "the keys offered",
    fix: [
      "log in with a key that the server knows: --key FILE, or ssh-add FILE",
      "put the public key there by another way: the host's own console, or the web page of the host's provider",
    ])

  package static let loginTime = Cause(
    "login-time", "the server ended the login before it had answered",
    "the server hung up {seconds} seconds after the login began, in place of an answer to the {what}: most often, its time "
      + "for a login was over (LoginGraceTime in sshd_config), since a prompt waited long, or a module of PAM is slow there, "
      + "such as a directory service; less likely, the system's rules (PAM) refuse {user}",
    fix: [
      "run it again, and answer soon; if that ends in the same way, see whether the time was over, on the host: sudo "
        + "journalctl -u ssh -u sshd | grep 'Timeout before authentication'",
      "as an administrator, find the slow module in /etc/pam.d/sshd, or set a longer LoginGraceTime in sshd_config",
    ], signs: ["Timeout before authentication"])

  package static let methods = [methodsWithoutKey, noMethods, otherMethods, keyNeededToo, loginTime]
}
