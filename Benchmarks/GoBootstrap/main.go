// A Lambda function's program as Go's own runtime client makes it: asks for the next event over HTTP, and answers it.
//
// For `make bench ARGS=functions`: how long a process of another compiled language takes until its first event.
package main

import (
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	base := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	client := &http.Client{}
	for {
		next, err := client.Get(base + "next")
		if err != nil {
			os.Exit(1)
		}
		if _, err := io.Copy(io.Discard, next.Body); err != nil {
			os.Exit(1)
		}
		next.Body.Close()
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		sent, err := client.Post(base+id+"/response", "application/json", strings.NewReader(`"done"`))
		if err != nil {
			os.Exit(1)
		}
		sent.Body.Close()
	}
}
