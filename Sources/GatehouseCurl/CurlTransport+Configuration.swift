#if Curl
extension CurlTransport {
    /// Settings of a transport that an operator may need.
    public struct Configuration: Sendable, Hashable {
        /// The path of a PEM file with the certificates to trust; `nil` for the system's.
        public var trustedCertificates: String?
        /// The proxy's address, such as `http://proxy.example:3128`; `nil` for none. Proxy variables of the environment do not
        /// count: a request to loopback would leave the machine by them.
        public var proxy: String?

        /// Makes a configuration; by default the system's certificates and no proxy.
        public init(trustedCertificates: String? = nil, proxy: String? = nil) {
            self.trustedCertificates = trustedCertificates
            self.proxy = proxy
        }
    }
}
#endif
