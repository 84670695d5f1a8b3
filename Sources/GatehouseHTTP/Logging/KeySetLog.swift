public import GatehouseTokens
public import Logging

/// An observer that logs the changes of a remote key set with swift-log, each change once.
///
/// A key set without an observer gets this observer from the authenticator that uses the set, and from its own service. Another logger is
/// given when the key set is made:
///
/// ```swift
/// let keys = try RemoteKeySet(
///     configuration: .init(url: "https://clerk.example.com/.well-known/jwks.json"),
///     transport: transport,
///     observer: KeySetLog(logger)
/// )
/// ```
///
/// A key set that shall log nothing gets an observer of your own, or a logger with swift-log's `SwiftLogNoOpLogHandler`.
///
/// | level | event | metadata, after `gatehouse.keys.` |
/// |---|---|---|
/// | `error` | there is no usable key | `address`, `reason` |
/// | `warning` | loads fail, and the keys of an earlier load stay in use | `address`, `reason` |
/// | `notice` | loads succeed again | `address` |
/// | `warning` | a set has keys that are not used | `address`, `refused` (up to ten of them), `refused.count` |
/// | `warning` | a load was slow | `address`, `seconds` |
public struct KeySetLog: KeySetObserver {
    private static let maximumRefusals = 10

    private let given: Logger?

    /// Makes an observer.
    ///
    /// - Parameter logger: The logger of the lines; `nil` for a logger with the label `gatehouse`, which is made when a line is written.
    public init(_ logger: Logger? = nil) {
        given = logger
    }

    private var logger: Logger { given ?? Logger(label: "gatehouse") }

    public func keySet(at address: String, became state: KeySetState) {
        switch state {
        case .loaded: logger.log(.notice, "The key set is loaded again", [.keysAddress: "\(address)"])
        case .stale(let reason):
            logger.log(
                .warning,
                "The key set cannot be loaded, and the keys of an earlier load serve on",
                [.keysAddress: "\(address)", .keysReason: "\(reason)"]
            )
        case .unusable(let reason):
            logger.log(
                .error,
                "There is no usable key, so that no token is accepted",
                [.keysAddress: "\(address)", .keysReason: "\(reason)"]
            )
        }
    }

    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {
        let shown = keys.prefix(Self.maximumRefusals).map { Logger.MetadataValue.string($0.description) }
        logger.log(
            .warning,
            "The key set has keys that are not used",
            [.keysAddress: "\(address)", .keysRefused: .array(shown), .keysRefusedCount: "\(keys.count)"]
        )
    }

    public func keySet(at address: String, tookToLoad time: Duration) {
        let (seconds, attoseconds) = time.components
        let tenths = "\(seconds).\(attoseconds / 100_000_000_000_000_000)"
        logger.log(.warning, "The key set was slow to load", [.keysAddress: "\(address)", .keysSeconds: "\(tenths)"])
    }
}
