/// Public keys that tests put into files; nobody has their private halves.
enum Keys {
  static let ed25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKq4Y0uY7mZ3lq3Q0uZt5b3S1b0g3n6m6rX2h1c8Jt0e old@laptop"
  static let unknownType = "ssh-future-512 AAAADnNzaC1mdXR1cmUtNTEyAAAAIKq4Y0uY7mZ3 old@future"
}
