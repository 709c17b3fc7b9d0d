// swift-tools-version: 6.2
import PackageDescription

// The one set of compiler settings every target has. Declared above `package`: below it, it would be empty.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

// MARK: Dependencies

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let testing = Target.Dependency.target(name: "GalleryTesting")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

/// The files of `ui/` that are embedded in the binary; `make check` compares them with the folder.
let pageFiles = [
    "account.js", "announce.js", "api.js", "app.js", "arrival.js", "budget.js", "call-off.js", "camera.js",
    "copy.js", "digest.js", "entries.js", "error.mustache", "feed.js", "fingerprint.js", "format.js", "gallery.css",
    "gallery.mustache", "grid.js", "hash-slices.js", "hash-worker.js", "head.mustache", "icon.svg", "image.css",
    "image.js", "image.mustache", "intake.js", "justify.js", "ledger.js", "lightbox-view.js", "lightbox.css",
    "lightbox.js", "lightbox.mustache", "modules.mustache", "names.js", "noscript.css", "ownership.js", "pace.js",
    "parts.js", "picker.js", "picture.js", "pkce.js", "placeholder.js", "problems.js", "progress.js", "queue.js",
    "reachable.js", "readable.js", "recall.js", "records.js", "removal.js", "renditions.js", "retry.js",
    "send-part.js", "send-parts.js", "send-whole.js", "session-api.js", "sha256.js", "share-menu.js", "share.js",
    "signals.js", "signer.js", "style.css", "swipe.js", "thumbhash.js", "ticket.js", "tile.mustache",
    "token-field.js", "tray-row.js", "tray.css", "tray.js", "tray.mustache", "unfinished.js", "upload-token.js",
    "upload.js", "uploads.js", "verdict.js", "visitor.js", "watchdog.js",
]

// MARK: Factories

/// A part that knows nothing about galleries.
func kit(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A part of the gallery.
func app(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// An executable: a composition root.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The test suite `<name>Tests` of one target, or of several.
func tests(
    _ name: String,
    of targets: [Target.Dependency]? = nil,
    _ dependencies: [Target.Dependency],
    resources: [Resource] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: (targets ?? [.target(name: name)]) + dependencies,
        resources: resources,
        swiftSettings: settings
    )
}

let package = Package(
    name: "imgn",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "imgn", targets: ["imgn"]),
        .executable(name: "imgn-lambda-api", targets: ["imgn-lambda-api"]),
        .executable(name: "imgn-lambda-ingest", targets: ["imgn-lambda-ingest"]),
        .library(name: "ImageMetadata", targets: ["ImageMetadata"]),
        .library(name: "SigV4", targets: ["SigV4"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Kits
        kit("HTTPEdge", [httpTypes, hummingbird, nioCore, nioHTTP1, nioHTTPTypes]),
        kit("ImageMetadata"),
        kit("SigV4", [crypto, httpTypes]),
        kit("S3XML"),
        kit("OpenIDConnect", [crypto, cryptoExtras]),
        kit("AWSTransport", ["S3XML", "SigV4", asyncHTTPClient, crypto, httpTypes, logging, nioCore, nioHTTP1]),
        kit("DynamoDB", ["AWSTransport", "SigV4", httpTypes, nioCore]),
        kit("S3", ["AWSTransport", "S3XML", "SigV4", crypto, httpTypes, nioCore]),
        // C, for what runs in a signal (decision 13).
        .target(name: "CLambdaCrash"),
        // C, for functions that Swift cannot call (decision 24).
        .target(name: "CSandbox"),
        .target(name: "CVips", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        kit("Thumbnails", ["CSandbox", "CVips", "ImageMetadata"]),
        kit("LambdaRuntime", ["CLambdaCrash", logging, nioCore, nioHTTP1, unixSignals]),
        kit("LambdaWeb", ["HTTPEdge", "LambdaRuntime", httpTypes, hummingbird, logging, nioCore]),
        kit("ObjectStore", ["HTTPEdge", "S3XML", "SigV4", crypto, httpTypes, hummingbird, logging, nioCore, nioPosix]),
        // Application
        app("GalleryCore", ["ImageMetadata", crypto, logging, nioCore]),
        app("GalleryRenditions", ["GalleryCore", "ImageMetadata", "Thumbnails", logging, nioCore, nioPosix]),
        app("GallerySQLite", ["GalleryCore", "ImageMetadata", grdb]),
        app(
            "GalleryAWS",
            ["AWSTransport", "DynamoDB", "GalleryCore", "ImageMetadata", "S3", "SigV4", crypto, httpTypes, nioCore]
        ),
        app("GalleryDisk", ["GalleryCore", "ImageMetadata", "ObjectStore", "SigV4", httpTypes, nioCore]),
        app(
            "GalleryWeb",
            ["GalleryCore", "HTTPEdge", "ImageMetadata", crypto, httpTypes, hummingbird, logging],
            resources: pageFiles.map { .embedInCode("../../ui/\($0)") }
        ),
        app(
            "GalleryHosting",
            [
                "AWSTransport", "DynamoDB", "GalleryAWS", "GalleryCore", "GalleryWeb", "ImageMetadata", "OpenIDConnect",
                "S3", httpTypes, logging, nioCore,
            ]
        ),
        app(
            "GalleryLambda",
            [
                "AWSTransport", "GalleryAWS", "GalleryCore", "GalleryHosting", "GalleryWeb", "LambdaRuntime", logging,
                nioCore,
            ]
        ),
        app("GalleryClient", ["S3XML", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix]),
        app("GalleryTesting", ["GalleryCore", nioCore]),
        // Executables
        tool("LambdaProbe", ["LambdaRuntime", logging, nioCore]),
        tool(
            "imgn",
            [
                "AWSTransport", "GalleryAWS", "GalleryClient", "GalleryCore", "GalleryDisk", "GalleryHosting",
                "GalleryRenditions", "GallerySQLite",
                "GalleryWeb", "HTTPEdge", "ImageMetadata", "ObjectStore", "SigV4", "Thumbnails", argumentParser,
                httpTypes, hummingbird, logging, nioCore, nioPosix, serviceLifecycle, unixSignals,
            ]
        ),
        .target(name: "CMathShim"),
        tool(
            "imgn-lambda-api",
            [
                "CMathShim", "GalleryCore", "GalleryHosting", "GalleryLambda", "GalleryWeb", "LambdaRuntime",
                "LambdaWeb", hummingbird,
            ]
        ),
        tool(
            "imgn-lambda-ingest",
            [
                "AWSTransport", "CMathShim", "GalleryCore", "GalleryHosting", "GalleryLambda", "GalleryRenditions",
                "LambdaRuntime", "Thumbnails",
            ]
        ),
        // Tests
        tests("AWSTransport", ["S3XML", "SigV4", asyncHTTPClient, httpTypes, logging, nioCore, nioPosix]),
        tests("DynamoDB", ["AWSTransport", "SigV4", httpTypes, logging, nioCore]),
        tests(
            "GalleryAWS",
            ["AWSTransport", "DynamoDB", "GalleryCore", "ImageMetadata", "S3", "SigV4", httpTypes, logging, nioCore]
        ),
        tests(
            "GalleryContract",
            of: ["GalleryAWS", "GalleryCore", "GalleryDisk", "GallerySQLite"],
            [
                testing, "AWSTransport", "DynamoDB", "ImageMetadata", "ObjectStore", "S3", "SigV4", crypto, grdb,
                httpTypes,
                hummingbird,
                logging, nioCore, nioPosix,
            ]
        ),
        tests("GalleryClient", [crypto, nioCore, nioHTTP1, nioPosix]),
        tests(
            "GalleryLambda",
            [testing, "AWSTransport", "GalleryCore", "GalleryHosting", "LambdaRuntime", logging, nioCore]
        ),
        tests("GalleryHosting", ["AWSTransport", "DynamoDB", "GalleryAWS", "GalleryCore", "S3", logging]),
        tests("GalleryCore", [testing, "ImageMetadata", crypto, logging, nioCore]),
        tests("GalleryRenditions", [testing, "GalleryCore", "ImageMetadata", "Thumbnails", logging, nioCore]),
        tests(
            "GalleryWeb",
            [
                testing, "GalleryCore", "HTTPEdge", "ImageMetadata", crypto, httpTypes, hummingbird, hummingbirdTesting,
                logging, nioCore,
            ]
        ),
        tests("HTTPEdge", [httpTypes, nioCore, nioEmbedded, nioHTTP1, nioHTTPTypes]),
        tests(
            "Host",
            of: ["GalleryCore", "GalleryWeb", "LambdaRuntime", "LambdaWeb"],
            [testing, crypto, httpTypes, hummingbird, hummingbirdTesting, logging, nioCore]
        ),
        tests("ImageMetadata", [testing]),
        tests("LambdaRuntime", [logging, nioCore, nioHTTP1, nioPosix]),
        tests("LambdaWeb", ["LambdaRuntime", httpTypes, hummingbird, logging, nioCore]),
        tests("ObjectStore", ["SigV4", crypto, httpTypes, hummingbird, logging, nioCore, nioPosix]),
        tests("OpenIDConnect", [crypto, cryptoExtras]),
        tests("S3", ["AWSTransport", "SigV4", crypto, httpTypes, logging, nioCore]),
        tests("S3XML", []),
        tests("Thumbnails", ["ImageMetadata"]),
        tests("SigV4", [crypto, httpTypes], resources: [.copy("Fixtures")]),
    ],
    swiftLanguageModes: [.v6]
)
