#if Server
import Foundation

/// A reader of whole files.
enum InputFile {
    /// Returns the bytes of a file.
    ///
    /// - Throws: ``CommandFailure`` if the file cannot be read or is longer than `maximumBytes`.
    static func bytes(at path: String, maximumBytes: Int) throws(CommandFailure) -> [UInt8] {
        let bytes = try prefix(of: path, maximumBytes: maximumBytes + 1)
        guard bytes.count <= maximumBytes else { throw CommandFailure("\(path): longer than \(maximumBytes) bytes") }
        return bytes
    }

    /// Returns the first bytes of a file, up to `maximumBytes`. The path `-` means standard input.
    ///
    /// - Throws: ``CommandFailure`` if the file cannot be read.
    static func prefix(of path: String, maximumBytes: Int) throws(CommandFailure) -> [UInt8] {
        if path == "-" { return try standardInput(maximumBytes: maximumBytes) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CommandFailure("\(path.isEmpty ? "“”" : path): there is no such file")
        }
        guard !isDirectory.boolValue else { throw CommandFailure("\(path): this is a folder") }
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            return Array(try file.read(upToCount: maximumBytes) ?? Data())
        } catch {
            throw CommandFailure("\(path): \(error.localizedDescription)")
        }
    }

    /// Returns the first bytes of standard input, up to `maximumBytes`.
    ///
    /// - Throws: ``CommandFailure`` if standard input cannot be read.
    static func standardInput(maximumBytes: Int) throws(CommandFailure) -> [UInt8] {
        do {
            return Array(try FileHandle.standardInput.read(upToCount: maximumBytes) ?? Data())
        } catch {
            throw CommandFailure("standard input: \(error.localizedDescription)")
        }
    }
}
#endif
