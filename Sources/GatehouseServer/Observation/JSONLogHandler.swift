#if Server
import Foundation
import GatehouseBase
public import Logging
import Synchronization

/// A log handler that writes each line as a JSON object: `time`, `level`, `logger`, `message`, and the metadata.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel = Logger.Level.info
    private let label: String
    private let clock: WallClock
    private let write: @Sendable ([UInt8]) -> Void

    /// Makes a handler that writes to standard error.
    public init(label: String) {
        self.init(label: label, clock: .system, write: Self.standardError)
    }

    /// Makes a handler that passes each line, with its line break, to a closure.
    init(label: String, clock: WallClock, write: @escaping @Sendable ([UInt8]) -> Void) {
        (self.label, self.clock, self.write) = (label, clock, write)
    }

    private static let lock = Mutex(())

    private static func standardError(_ line: [UInt8]) {
        // The lock keeps lines of several threads apart.
        lock.withLock { _ in _ = try? FileHandle.standardError.write(contentsOf: Data(line)) }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members = [
            JSONMember("time", .string(clock.now().description)), JSONMember("level", .string(event.level.rawValue)),
            JSONMember("logger", .string(label)), JSONMember("message", .string("\(event.message)")),
        ]
        var values = metadata
        if let provided = metadataProvider?.get() { values.merge(provided) { $1 } }
        if let own = event.metadata { values.merge(own) { $1 } }
        if let error = event.error { values["error"] = "\(error)" }
        for (name, value) in values.sorted(by: { $0.key.precedesByBytes($1.key) }) {
            members.append(JSONMember(name, Self.json(value)))
        }
        write(JSONValue.object(members).utf8 + [UInt8(ascii: "\n")])
    }

    /// Returns the JSON of a metadata value. The method is recursive, to the depth of the program's own values.
    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values):
            .object(values.sorted { $0.key.precedesByBytes($1.key) }.map { JSONMember($0.key, json($0.value)) })
        }
    }
}
#endif
