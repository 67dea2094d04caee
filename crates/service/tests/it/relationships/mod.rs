mod block;
mod follow;
mod follow_requests;
mod receive_answer;
mod receive_follow;
mod unfollow;
mod world;
