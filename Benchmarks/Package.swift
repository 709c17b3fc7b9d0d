// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "imgn", path: ".."),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "SigningRate",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "SigV4", package: "imgn"),
            ]
        ),
        .executableTarget(
            name: "HeaderRate",
            dependencies: [.product(name: "ImageMetadata", package: "imgn")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
