extension Cause {
  package static let hostKeyChanged = Cause(
    "host-key-changed", "the host's key has changed",
    "the host shows another key than the one in {path}: it was set up anew, another computer has its address, or the "
      + "connection is intercepted",
    fix: [
      "read the fingerprint on the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
      "only if the two are the same: ssh-keygen -R {name}",
    ], signs: ["REMOTE HOST IDENTIFICATION HAS CHANGED", "Host key for", "differs from the key for the IP address"])

  package static let hostKeyUnknown = Cause(
    "host-key-unknown", "the host's key is not known, and was not accepted",
    "this computer has no key of the host yet, so its key has to be confirmed once",
    fix: [
      "compare with the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; then run again and accept",
      "unattended, on a trusted network: --accept-new",
    ],
    signs: [
      "The authenticity of host", "Host key verification failed", "host key is known for",
      "you have requested strict checking",
    ])

  package static let hostCertificate = Cause(
    "host-certificate", "the host's certificate is not valid",
    "the host shows a certificate that ssh does not take, and this computer has no key of the host beside it",
    fix: [
      "ask for a new certificate of the host; see its time and names on the host: ssh-keygen -Lf FILE-cert.pub",
      "until then, compare the key itself with the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; "
        + "then run again and accept",
    ], signs: ["Certificate invalid: "])

  package static let hostKeyRevoked = Cause(
    "host-key-revoked", "the host's key is revoked",
    "this computer's list of revoked keys has the key that the host shows (@revoked in known_hosts, or RevokedHostKeys), so "
      + "whoever holds it may not be the host",
    fix: [
      "ask the administrator of {host}, and log in only once it has a new key",
      "to see where the key is listed: grep -n revoked ~/.ssh/known_hosts; ssh -G {host} | grep -i revokedhostkeys",
    ], signs: ["REVOKED HOST KEY DETECTED", "was revoked and you have requested strict checking"])

  package static let knownHostsUnwritable = Cause(
    "known-hosts-unwritable", "known_hosts cannot be written",
    "ssh asks about the host's key at each login: the file cannot be written, since the file or its directory is "
      + "read-only, belongs to another account, is not there or no regular file",
    fix: [
      "see what is in the way: ls -ld ~/.ssh ~/.ssh/known_hosts",
      "where ~/.ssh is another account's, make it yours: sudo chown -R \"$(id -un)\" ~/.ssh",
    ],
    signs: ["Failed to add the host to the list of known hosts"])

  package static let hostKeys = [hostKeyRevoked, hostKeyChanged, hostCertificate, hostKeyUnknown, knownHostsUnwritable]
}
