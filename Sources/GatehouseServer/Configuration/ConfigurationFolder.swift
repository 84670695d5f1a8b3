#if Server
import Foundation
import GatehouseBase

/// The folder of a configuration's file, to which relative paths in the configuration are relative.
struct ConfigurationFolder: Sendable {
    let path: String

    func resolve(_ name: String) -> String {
        name.hasPrefix("/") ? name : path.isEmpty ? name : "\(path)/\(name)"
    }

    /// The reason why a file cannot be read, in words for a message.
    struct Unreadable: Error {
        let message: String
    }

    /// Returns the bytes of a file.
    static func bytes(at path: String, maximumByteCount: Int = 32 << 20) throws(Unreadable) -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Unreadable(message: "\(path): there is no such file")
        }
        guard !isFolder.boolValue else { throw Unreadable(message: "\(path): this is a folder") }
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            let bytes = Array(try file.read(upToCount: maximumByteCount + 1) ?? Data())
            guard bytes.count <= maximumByteCount else {
                throw Unreadable(message: "\(path): longer than \(maximumByteCount) bytes")
            }
            return bytes
        } catch let error as Unreadable {
            throw error
        } catch {
            throw Unreadable(message: "\(path): it cannot be read (\(error.localizedDescription.inOneLine(upTo: 200)))")
        }
    }

    /// Returns a secret: the text itself, or the content of the file after `file:`, without one line break at its end.
    func secret(_ text: String) throws(Unreadable) -> String {
        let prefix = "file:"
        guard text.hasPrefix(prefix) else { return text }
        let name = String(text.dropFirst(prefix.count))
        guard !name.isEmpty else { throw Unreadable(message: "“file:” needs a path behind it") }
        var bytes = try Self.bytes(at: resolve(name), maximumByteCount: 1 << 20)
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw Unreadable(message: "\(resolve(name)): the file is empty") }
        guard let secret = String(validating: bytes, as: UTF8.self) else {
            throw Unreadable(message: "\(resolve(name)): this is not UTF-8")
        }
        return secret
    }
}
#endif
