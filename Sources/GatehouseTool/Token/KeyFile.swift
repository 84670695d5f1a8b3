#if Server
import Foundation
import GatehouseTokens
import Synchronization

/// The keys of a file, which is read again after each change, so that a rotation of keys needs no restart.
///
/// If the file is deleted or has no usable key any more, the previous keys stay.
final class KeyFile: KeySource {
    /// A mark that differs between two contents of the file.
    private struct Stamp: Equatable {
        let number: UInt64?
        let size: UInt64?
        let changed: Date?

        /// Reads the mark; `nil` if there is no file, and for a pipe, which can be read only once.
        init?(_ path: String) {
            // A mounted secret is a chain of links; an update replaces the target of the last link.
            let target = URL(filePath: path).resolvingSymlinksInPath().path
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: target),
                attributes[.type] as? FileAttributeType == .typeRegular
            else { return nil }
            number = (attributes[.systemFileNumber] as? NSNumber)?.uint64Value
            size = (attributes[.size] as? NSNumber)?.uint64Value
            changed = attributes[.modificationDate] as? Date
        }
    }

    private let path: String
    private let parse: @Sendable ([UInt8]) throws(KeySetError) -> KeySet
    private let keySet: ReplaceableKeySet
    private let stamp: Mutex<Stamp?>

    /// Reads a file for the first time.
    ///
    /// - Throws: ``CommandFailure`` if the file cannot be read or is not a key file.
    init(_ path: String, _ parse: @escaping @Sendable ([UInt8]) throws(KeySetError) -> KeySet) throws(CommandFailure) {
        self.path = path
        self.parse = parse
        stamp = Mutex(Stamp(path))
        keySet = ReplaceableKeySet(try Self.read(path, parse))
    }

    private static func read(
        _ path: String,
        _ parse: ([UInt8]) throws(KeySetError) -> KeySet
    ) throws(CommandFailure) -> KeySet {
        let bytes = try InputFile.bytes(at: path, maximumBytes: KeySet.maximumByteCount)
        do throws(KeySetError) {
            let keys = try parse(bytes)
            RefusedKeys.report(keys.refused, of: path)
            return keys
        } catch {
            throw CommandFailure("\(path): \(error)")
        }
    }

    /// Returns the keys of the current file.
    func keysAtHand() -> KeySet? {
        stamp.withLock { stamp in
            // The stamp is taken before the file is read, so that a change during the reading is noticed the next time.
            guard let current = Stamp(path), current != stamp else { return }
            stamp = current
            do {
                try keySet.replace(with: try Self.read(path, parse))
            } catch {
                standardError("\(error); the keys before stay")
            }
        }
        return keySet.keysAtHand()
    }

    func keys() async throws(TokenError) -> KeySet { try await keySet.keys() }

    func keys(newerThan keys: KeySet) async throws(TokenError) -> KeySet? { try await keySet.keys(newerThan: keys) }
}
#endif
