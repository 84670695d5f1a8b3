#if PolicyFiles
import Foundation
import GatehouseBase

/// The reason why a policy file cannot be read.
public struct PolicyFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of failure.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public var description: String { rawValue }

        /// There is no file at the path.
        public static var missing: Self { Self(rawValue: "missing") }
        /// The path leads to a folder, or the program may not read the file.
        public static var unreadable: Self { Self(rawValue: "unreadable") }
        /// The file is longer than ``PolicyDocument/maximumBytes``.
        public static var tooLong: Self { Self(rawValue: "too-long") }
    }

    /// The kind of failure.
    public let code: Code
    /// The path of the file.
    public let path: String

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: The kind of failure.
    ///   - path: The path of the file.
    public init(_ code: Code, path: String) {
        (self.code, self.path) = (code, path)
    }

    public var description: String {
        let reason =
            switch code {
            case .missing: "there is no such file"
            case .tooLong: "the file is longer than \(PolicyDocument.maximumBytes) bytes"
            default: "the file cannot be read"
            }
        return "\(path.inOneLine()): \(reason)"
    }

    static func bytes(of path: String) throws(PolicyFileError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else { throw PolicyFileError(.missing, path: path) }
        let limit = PolicyDocument.maximumBytes
        guard let file = FileHandle(forReadingAtPath: path) else { throw PolicyFileError(.unreadable, path: path) }
        defer { try? file.close() }
        let read: Data
        do {
            read = try file.read(upToCount: limit + 1) ?? Data()  // `nil` at the end of the file
        } catch {
            throw PolicyFileError(.unreadable, path: path)
        }
        guard read.count <= limit else { throw PolicyFileError(.tooLong, path: path) }
        return Array(read)
    }
}
#endif
