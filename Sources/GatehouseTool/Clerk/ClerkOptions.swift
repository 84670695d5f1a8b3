#if Server
import Foundation
import GatehouseClerk
import GatehouseTokens

/// The options that determine the Clerk instance.
struct ClerkOptions {
    private var secretKeyFile: String?
    private var apiURL: String?

    /// Removes the options from the arguments, at any position.
    init(taking arguments: inout [String]) throws {
        secretKeyFile = try Self.take("--secret-key-file", from: &arguments)
        apiURL = try Self.take("--api-url", from: &arguments)
    }

    init(secretKeyFile: String?, apiURL: String?) {
        self.secretKeyFile = secretKeyFile
        self.apiURL = apiURL
    }

    private static func take(_ name: String, from arguments: inout [String]) throws -> String? {
        var value: String?
        while let place = arguments.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) {
            guard value == nil else { throw CommandFailure("\(name) takes one value, and is given more than once.") }
            let argument = arguments.remove(at: place)
            if argument != name {
                value = String(argument.dropFirst(name.count + 1))
            } else {
                guard place < arguments.count else { throw CommandFailure("\(name) needs a value.") }
                value = arguments.remove(at: place)
            }
        }
        return value
    }

    /// Returns a client of the instance.
    func client(_ transport: any HTTPTransport) throws -> ClerkClient {
        let environment = ProcessInfo.processInfo.environment
        let key: String
        if let secretKeyFile {
            key = String(decoding: try InputFile.bytes(at: secretKeyFile, maximumBytes: 4_096), as: UTF8.self)
        } else if let value = environment["CLERK_SECRET_KEY"], !value.isEmpty {
            key = value
        } else {
            throw CommandFailure("no secret key: set CLERK_SECRET_KEY, or name a file with --secret-key-file")
        }
        var configuration = ClerkClient.Configuration()
        if let address = apiURL ?? environment["CLERK_API_URL"], !address.isEmpty { configuration.address = address }
        do throws(ClerkError) {
            return try ClerkClient(
                secretKey: try ClerkSecretKey(key),
                transport: transport,
                configuration: configuration
            )
        } catch {
            throw CommandFailure(error.message)
        }
    }
}
#endif
