#if PolicyFiles
import Foundation
public import Gatehouse
#if Hummingbird
public import ServiceLifecycle
#endif

/// A policy document in a file, and the current policy that is read from the file.
///
/// ```swift
/// let file = try PolicyFile("policy.yaml")
/// let authorizer = Authorizer(policy: file.policy)
/// try await Application(router: router, services: [file, authorizer]).runService()
/// ```
///
/// As a service beside a server (``run()``), the value reads the file again after each change of the file. A document with an error leaves
/// the previous policy in force, and the authorizer's observer is told about the refused document.
public struct PolicyFile: Sendable {
    /// The path of the file.
    public let path: String
    /// The current policy, for an `Authorizer`.
    public let policy: CurrentPolicy
    private let first: FileStamp

    /// Reads a file.
    ///
    /// - Parameter path: The path of the file. A path that does not begin with `/` starts at the working folder of the program.
    /// - Throws: `PolicyError` with all findings, each with its line and column, if one of them is an error; ``PolicyFileError`` if the
    ///   file cannot be read.
    public init(_ path: String) throws {
        self.path = path
        first = FileStamp(path)
        policy = CurrentPolicy(try Self.engine(at: path))
    }

    /// Reads the file again at once. A document with an error leaves the previous policy in force.
    ///
    /// - Returns: True if the document is in force. Otherwise `policy.failure` has the reason, which begins with the path.
    @discardableResult
    public func reload() -> Bool {
        policy.reload(from: path) { try Self.engine(at: path) }
    }

    /// Reads the file again after each change of the file, until the task is cancelled or the service group shuts down.
    public func run() async throws {
        let watch = FileWatch(path: path, first: first) { reload() }
        #if Hummingbird
        await cancelWhenGracefulShutdown { await watch.run() }
        #else
        await watch.run()
        #endif
    }

    private static func engine(at path: String) throws -> PolicyEngine {
        try PolicyEngine(reading: try PolicyFileError.bytes(of: path))
    }
}

#if Hummingbird
extension PolicyFile: Service {}
#endif
#else
/// A policy document in a file.
@available(*, unavailable, message: "enable the trait PolicyFiles of the package gatehouse")
public struct PolicyFile {
    public init(_ path: String) throws {}
}
#endif
