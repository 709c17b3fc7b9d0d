// swift-tools-version: 6.2
import PackageDescription

/// What reads hostile bytes, under libFuzzer: the kits' own sources by links, so that they are instrumented too.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// A part of imgn.
func kit(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A function that libFuzzer calls; the program's `main` is libFuzzer's.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies,
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
    )
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")

let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        kit("ImageMetadata"),
        kit("S3XML"),
        kit("SigV4", [crypto, httpTypes]),
        kit("HTTPForms", [nioCore]),
        fuzzer("FuzzHeader", ["ImageMetadata"]),
        fuzzer("FuzzExif", ["ImageMetadata"]),
        fuzzer("FuzzStripper", ["ImageMetadata"]),
        fuzzer("FuzzForm", ["HTTPForms", nioCore]),
        fuzzer("FuzzAuthorization", ["SigV4", httpTypes]),
        fuzzer("FuzzQuery", ["SigV4", httpTypes]),
        fuzzer("FuzzChunks", ["SigV4", httpTypes]),
        fuzzer("FuzzXML", ["S3XML"]),
        fuzzer("FuzzReply", [nioCore, nioHTTP1]),
    ],
    swiftLanguageModes: [.v6]
)
