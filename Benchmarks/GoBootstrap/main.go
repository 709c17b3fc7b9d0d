// A Lambda function's program as Go's own runtime client makes it: registers to be warned of its end (there
// `lambda.WithEnableSIGTERM`), asks for the next event over HTTP, and answers it.
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
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API")
	client := &http.Client{}
	register(client, api+"/2020-01-01/extension/")
	base := api + "/2018-06-01/runtime/invocation/"
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

// As an extension inside of the process, for no events.
func register(client *http.Client, base string) {
	request, err := http.NewRequest("POST", base+"register", strings.NewReader(`{"events":[]}`))
	if err != nil {
		os.Exit(1)
	}
	request.Header.Set("Lambda-Extension-Name", "go")
	registered, err := client.Do(request)
	if err != nil {
		os.Exit(1)
	}
	if _, err := io.Copy(io.Discard, registered.Body); err != nil {
		os.Exit(1)
	}
	registered.Body.Close()
	go func() {
		ready, err := http.NewRequest("GET", base+"event/next", nil)
		if err != nil {
			os.Exit(1)
		}
		ready.Header.Set("Lambda-Extension-Identifier", registered.Header.Get("Lambda-Extension-Identifier"))
		if answer, err := client.Do(ready); err == nil {
			answer.Body.Close()
		}
	}()
}
