/// A large value with one copy for all its holders. An asynchronous function reserves room for each copy of a value,
/// and each host has many such functions at work.
@propertyWrapper package struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
  private final class Storage: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  package var wrappedValue: Value {
    get { storage.value }
    set { storage = Storage(newValue) }
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.storage === other.storage || one.storage.value == other.storage.value
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }
}
