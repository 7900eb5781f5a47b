# Varnish in front of the portal. It keeps what the portal says that everybody may keep, and forgets all of it within
# a second of a change: `manage.py serve` says BAN to the proxies of PURGE_PROXIES.
#
# Put the value of PURGE_KEY in place of "change-me", and the portal's address into the backend. TLS ends before Varnish,
# at what sets X-Forwarded-For and X-Forwarded-Proto.
vcl 4.1;

import std;

backend portal {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 60s;
    .probe = {
        .url = "/healthz";
        .interval = 2s;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
    }
}

sub vcl_recv {
    if (req.method == "BAN") {
        if (req.http.X-Portal-Key != "change-me") {
            return (synth(403, "Forbidden"));
        }
        # For the ban lurker, who frees the memory: only what objects know of themselves.
        ban("obj.http.X-Portal-Kept == 1");
        return (synth(200, "Forgotten"));
    }
    unset req.http.X-Portal-Key;

    # The portal takes these for X-Forwarded-For and X-Forwarded-Proto.
    unset req.http.X_Forwarded_For;
    unset req.http.X_Forwarded_Proto;
    unset req.http.X-Forwarded_For;
    unset req.http.X-Forwarded_Proto;
    unset req.http.X_Forwarded-For;
    unset req.http.X_Forwarded-Proto;

    # A page is the same under one spelling of a host.
    set req.http.Host = std.tolower(req.http.Host);

    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Staff, and whoever attested at a gate, are answered by the portal; what remembers a privacy choice changes no page.
    if (req.url ~ "^/(admin|accounts)/" || req.http.Cookie ~ "(sessionid|hcp_attested)") {
        return (pass);
    }
    unset req.http.Cookie;
    if (req.http.Sec-GPC && req.http.Sec-GPC != "1") {
        unset req.http.Sec-GPC;
    }
    return (hash);
}

sub vcl_backend_response {
    # Never longer than the portal says, also where it cannot be reached: a withdrawn answer must not outlive it.
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.Set-Cookie || beresp.http.Cache-Control !~ "public") {
        set beresp.uncacheable = true;
        set beresp.ttl = 10s;
        return (deliver);
    }
    set beresp.http.X-Portal-Kept = "1";
}

sub vcl_deliver {
    unset resp.http.X-Portal-Kept;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
