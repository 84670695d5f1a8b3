public import GatehouseTokens
public import Logging

/// Writes with swift-log what becomes of a remote key set, each change once.
///
/// ```swift
/// let keys = try RemoteKeySet(
///     configuration: .init(url: "https://clerk.example.com/.well-known/jwks.json"),
///     transport: transport,
///     observer: KeySetLog(logger)
/// )
/// ```
///
/// | level | what | metadata, after `gatehouse.keys.` |
/// |---|---|---|
/// | `error` | there is no usable key | `address`, `reason` |
/// | `warning` | loads fail, and the keys of an earlier one serve on | `address`, `reason` |
/// | `notice` | loads succeed again | `address` |
/// | `notice` | a set has keys that are not used | `address`, `refused` (up to ten of them), `refused.count` |
/// | `notice` | a load was slow | `address`, `seconds` |
public struct KeySetLog: KeySetObserver {
    private static let maximumRefusals = 10

    private let logger: Logger

    /// Makes an observer that writes with this logger.
    public init(_ logger: Logger) {
        self.logger = logger
    }

    public func keySet(at address: String, became state: KeySetState) {
        switch state {
        case .loaded: write(.notice, "the key set is loaded again", address)
        case .stale(let reason):
            let message = "the key set cannot be loaded, and the keys of an earlier load serve on"
            write(.warning, "\(message)", address, ["reason": "\(reason)"])
        case .unusable(let reason):
            write(.error, "there is no usable key, so that no token is accepted", address, ["reason": "\(reason)"])
        }
    }

    public func keySet(at address: String, refused keys: [KeySet.Refusal]) {
        let shown = keys.prefix(Self.maximumRefusals).map { Logger.MetadataValue.string($0.description) }
        let metadata: Logger.Metadata = ["refused": .array(shown), "refused.count": "\(keys.count)"]
        write(.notice, "the key set has keys that are not used", address, metadata)
    }

    public func keySet(at address: String, tookToLoad time: Duration) {
        let (seconds, attoseconds) = time.components
        let tenths = "\(seconds).\(attoseconds / 100_000_000_000_000_000)"
        write(.notice, "the key set was slow to load", address, ["seconds": "\(tenths)"])
    }

    private func write(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ address: String,
        _ metadata: Logger.Metadata = [:]
    ) {
        var full: Logger.Metadata = ["gatehouse.keys.address": "\(address)"]
        for (name, value) in metadata { full["gatehouse.keys.\(name)"] = value }
        logger.log(level: level, message, metadata: full)
    }
}
