// swift-tools-version: 6.2
import PackageDescription

// The floors of the runtime, lowest first. Each is a folder of Sources/Runtime and may import only the floors named
// here; docs/architecture.md draws the picture.
let floors: [Target] = [
  floor(
    "Scripts",
    embedding: [
      "acts", "connection", "files", "keys", "lib", "local", "logins", "rehearsal", "sshd", "watchdog",
    ]),
  floor("Values"),
  floor("Formats", on: ["Values"]),
  floor("Diagnosis", on: ["Values", "Formats"]),
  floor("Hosts", on: ["Scripts", "Values", "Formats", "Diagnosis"], with: [.subprocess]),
  floor("Contract", on: ["Values", "Diagnosis", "Hosts"]),
  floor("LoginSafety", on: ["Scripts", "Values", "Formats", "Diagnosis", "Hosts", "Contract"]),
  floor("Primitives", on: ["Scripts", "Values", "Formats", "Diagnosis", "Hosts", "Contract", "LoginSafety"]),
  floor("Reference", on: ["Values", "Diagnosis", "Contract"]),
  floor("Lua", on: ["Values"], with: ["CLua"]),
  floor(
    "Recipes", on: ["Values", "Formats", "Hosts", "Contract", "Lua"], with: [.system], embedding: ["bundled"],
    plugins: ["BundledFiles"]),
  floor("Inventory", on: ["Values", "Formats", "Hosts", "Lua", "Recipes"], with: [.subprocess, .system, "CYAML"]),
  floor(
    "Sharing", on: ["Scripts", "Values", "Formats", "Contract", "Primitives", "Lua", "Recipes"],
    with: [.subprocess, .system]),
  floor(
    "Runs",
    on: [
      "Scripts", "Values", "Formats", "Diagnosis", "Hosts", "Contract", "LoginSafety", "Primitives", "Lua", "Recipes",
    ],
    with: [.system]),
]
// The face of the floors for other programs.
let library = floor(
  "RecipeRuntime", on: ["Values", "Diagnosis", "Hosts", "Contract", "Primitives", "Recipes", "Runs"])
let runtime: [Target.Dependency] = floors.map { .target(name: $0.name) }

let package = Package(
  name: "ssh-recipes",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "ssh-recipes", targets: ["ssh-recipes"]),
    .library(name: "RecipeRuntime", targets: ["RecipeRuntime"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: floors + [
    library,
    .systemLibrary(
      name: "CLuaSystem", path: "Sources/CLua/System", pkgConfig: "lua5.4",
      providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
    .systemLibrary(
      name: "CYAML", path: "Sources/Runtime/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .plugin(name: "BundledFiles", capability: .buildTool(), path: "Sources/Runtime/BundledFiles"),
    .target(name: "CLua", dependencies: ["CLuaSystem"], path: "Sources/CLua/Shim"),
    .executableTarget(
      name: "ssh-recipes",
      dependencies: runtime + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      resources: [.embedInCode("VERSION")]),
    .testTarget(name: "RuntimeTests", dependencies: runtime + ["CLua", "FuzzTargets", "LuaBaseline", "TestSupport"]),
    .testTarget(name: "CommandTests", dependencies: runtime + ["ssh-recipes", "TestSupport"]),
    .testTarget(name: "LabTests", dependencies: runtime + [.subprocess, "TestSupport"], path: "Tests/Lab/LabTests"),
    .target(name: "TestSupport", dependencies: ["CSpawn"], path: "Tests/Support/TestSupport"),
    .target(name: "CSpawn", path: "Tests/Support/CSpawn"),
    // The programs of docs/embedding.md: without access to `package` symbols, like any program outside this package.
    .executableTarget(
      name: "embedding-greeting", dependencies: ["RecipeRuntime"], path: "Tests/Embedding/Greeting",
      packageAccess: false),
    .executableTarget(
      name: "embedding-login", dependencies: ["RecipeRuntime"], path: "Tests/Embedding/Login", packageAccess: false),
    .target(name: "FuzzTargets", dependencies: runtime, path: "Tests/Fuzz/Targets"),
    .target(name: "LuaBaseline", dependencies: ["CLuaSystem"], path: "Tests/Benchmarks/LuaBaseline"),
    .executableTarget(
      name: "lua-benchmarks", dependencies: runtime + ["LuaBaseline"], path: "Tests/Benchmarks/LuaBenchmarks"),
  ],
  swiftLanguageModes: [.v6]
)

// Links with libFuzzer only, so it is there only for Tests/Fuzz/run.
if Context.environment["SSH_RECIPES_FUZZ"] != nil {
  package.targets += [
    .target(name: "FuzzEngine", path: "Tests/Fuzz/Engine"),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets", "FuzzEngine"], path: "Tests/Fuzz/Driver",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
  ]
}

func floor(
  _ name: String, on floors: [String] = [], with others: [Target.Dependency] = [], embedding folders: [String] = [],
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(
    name: name, dependencies: floors.map { .target(name: $0) } + others, path: "Sources/Runtime/\(name)",
    resources: folders.map { .embedInCode($0) },
    swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")], plugins: plugins)
}

extension Target.Dependency {
  static var subprocess: Self { .product(name: "Subprocess", package: "swift-subprocess") }
  static var system: Self { .product(name: "SystemPackage", package: "swift-system") }
}
