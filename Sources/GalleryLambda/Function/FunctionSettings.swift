package import AWSTransport
package import GalleryHosting
package import LambdaRuntime
import Logging

/// The settings of a function: those of the gallery, with a store and a table that have to be named.
package struct FunctionSettings: Sendable {
    /// What a gallery has wherever it is hosted.
    package let gallery: GallerySettings
    /// Where pictures are kept.
    package let storage: StorageConfiguration
    /// Where their index is.
    package let catalog: CatalogConfiguration

    /// Reads the settings.
    ///
    /// - Parameter environment: The variables, and the files that AWS's own settings may be in.
    /// - Throws: ``BadConfiguration`` with every problem.
    package init(_ environment: AWSEnvironment) throws(BadConfiguration) {
        var reader = SettingsReader(environment: environment.variables)
        gallery = GallerySettings(GalleryFlags(), environment: environment, &reader)
        for name in ["IMGN_STORAGE", "IMGN_CATALOG"] where environment[name] == nil {
            reader.note("\(name) is missing: a function has no folder to keep things in")
        }
        guard reader.problems.isEmpty, let storage = gallery.storage, let catalog = gallery.catalog else {
            throw BadConfiguration(problems: reader.problems)
        }
        self.storage = storage
        self.catalog = catalog
    }
}

/// What keeps a function from starting: everything that is wrong with its variables.
package struct BadConfiguration: InvocationFailure, Equatable, CustomStringConvertible {
    /// A sentence each.
    package let problems: [String]

    /// Always `BadConfiguration`.
    package var errorType: String { "BadConfiguration" }
    /// All of them.
    package var errorMessage: String {
        "the configuration has \(problems.count == 1 ? "a problem" : "\(problems.count) problems"): "
            + problems.joined(separator: "; ")
    }
    /// The same as the message.
    package var description: String { errorMessage }
}

extension LambdaLogFormat {
    /// As Lambda's own variables say, at the level of `IMGN_LOG_LEVEL` where that is set.
    ///
    /// A level that is none is a problem of the configuration, which is told elsewhere.
    package init(_ environment: AWSEnvironment) {
        self.init(environment: environment.variables)
        if let level = environment["IMGN_LOG_LEVEL"].flatMap({ Logger.Level($0) }) { self.level = level }
    }
}
