#if Server
import GatehouseCurl
import GatehouseTokens

/// The place of the keys on the command line: a JWK Set in a file or at an address, or a PEM file.
struct KeyOption {
    var jwks: String?
    var pem: String?

    /// The source of the keys.
    struct Keys {
        let source: any KeySource

        /// Returns the reason why there are no keys; `nil` if there are keys. Without keys this reason is the answer to every token.
        func failure() async -> TokenError? {
            do throws(TokenError) {
                _ = try await source.keys()
                return nil
            } catch {
                return error
            }
        }
    }

    /// Reads the file, which is read again after a change, or makes a key set for the address.
    ///
    /// - Throws: ``CommandFailure`` if a file cannot be read or is not a key file, or if an address is not acceptable.
    func load() throws(CommandFailure) -> Keys {
        if let pem {
            return Keys(source: try KeyFile(pem) { bytes throws(KeySetError) in try KeySet(pem: bytes) })
        }
        let jwks = jwks ?? ""
        guard ["https://", "http://"].contains(where: jwks.lowercased().hasPrefix) else {
            return Keys(source: try KeyFile(jwks) { bytes throws(KeySetError) in try KeySet(jwks: bytes) })
        }
        do throws(SettingError) {
            let configuration = RemoteKeySet.Configuration(url: jwks)
            return Keys(
                source: try RemoteKeySet(
                    configuration: configuration,
                    transport: CurlTransport(),
                    observer: RefusedKeys()
                )
            )
        } catch {
            throw CommandFailure("\(jwks): \(error.message)")
        }
    }
}
#endif
