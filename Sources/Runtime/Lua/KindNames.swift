import Synchronization

/// Numbers for the names of kinds, so that a userdata needs no reference. The names are few and kept for good.
final class KindNames: Sendable {
  private let names = Mutex<[String]>([])

  func number(of name: String) -> Int {
    names.withLock { names in
      if let known = names.firstIndex(of: name) { return known }
      names.append(name)
      return names.count - 1
    }
  }

  func name(of number: Int) -> String {
    names.withLock { $0.indices.contains(number) ? $0[number] : "" }
  }
}
