// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "ssh-recipes",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Runtime", targets: ["Runtime"]),
    .executable(name: "ssh-recipes", targets: ["ssh-recipes"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CLuaSystem", path: "Sources/CLua/System", pkgConfig: "lua5.4",
      providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
    .target(name: "CLua", dependencies: ["CLuaSystem"], path: "Sources/CLua/Shim"),
    .target(
      name: "Runtime",
      dependencies: [
        "CLua",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "ssh-recipes",
      dependencies: [
        "Runtime", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "RuntimeTests", dependencies: ["Runtime", "CLua", "FuzzTargets", "LuaBaseline"]),
    .testTarget(name: "CommandTests", dependencies: ["ssh-recipes", "Runtime"]),
    .testTarget(
      name: "LabTests",
      dependencies: ["Runtime", .product(name: "Subprocess", package: "swift-subprocess")],
      path: "Tests/Lab/LabTests"),
    .target(name: "FuzzTargets", dependencies: ["Runtime"], path: "Tests/Fuzz/Targets"),
    .target(name: "LuaBaseline", dependencies: ["CLuaSystem"], path: "Tests/Benchmarks/LuaBaseline"),
    .executableTarget(
      name: "lua-benchmarks", dependencies: ["Runtime", "LuaBaseline"], path: "Tests/Benchmarks/LuaBenchmarks"),
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
