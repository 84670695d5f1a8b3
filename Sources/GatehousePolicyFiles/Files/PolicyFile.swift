#if PolicyFiles
import Foundation
public import Gatehouse
#if Hummingbird
public import ServiceLifecycle
#endif

/// A policy document in a file, and the policy in force that is read from it.
///
/// ```swift
/// let file = try PolicyFile("policy.yaml")
/// let authorizer = Authorizer(policy: file.policy)
/// try await Application(router: router, services: [file, authorizer]).runService()
/// ```
///
/// As a service beside a server (``run()``) it reads the file anew whenever the file changes. A document with an error leaves the policy of
/// before in force, and the authorizer's observer hears of the refusal.
public struct PolicyFile: Sendable {
    /// The file.
    public let path: String
    /// The policy in force: give it to an `Authorizer`.
    public let policy: CurrentPolicy
    private let first: FileStamp

    /// Reads a file.
    ///
    /// - Parameter path: The file, from the folder that the program runs in unless it begins with `/`.
    /// - Throws: `PolicyError` with every finding, each with its line and column, where one of them is an error; ``PolicyFileError`` where the
    ///   file cannot be read.
    public init(_ path: String) throws {
        self.path = path
        first = FileStamp(path)
        policy = CurrentPolicy(try Self.engine(at: path))
    }

    /// Reads the file anew, now. A document with an error leaves the policy of before in force.
    ///
    /// - Returns: True if the document is in force. If not, `policy.failure` says why.
    @discardableResult
    public func reload() -> Bool {
        policy.reload { try Self.engine(at: path) }
    }

    /// Reads the file anew whenever it changes, until the task is cancelled or, within a service group, the group shuts down.
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
